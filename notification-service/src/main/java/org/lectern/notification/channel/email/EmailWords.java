package org.lectern.notification.channel.email;

import jakarta.inject.Singleton;
import org.lectern.notification.wording.Overridable;

/** Lets an organisation override the texts around its notices in mails. */
@Singleton
class EmailWords implements Overridable {

    @Override
    public String name() {
        return "email";
    }

    @Override
    public Class<?> texts() {
        return EmailTexts.class;
    }
}
