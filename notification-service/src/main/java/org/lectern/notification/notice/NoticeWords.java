package org.lectern.notification.notice;

import jakarta.inject.Singleton;
import org.lectern.notification.wording.Overridable;

/** Lets an organisation override the texts of its notices. */
@Singleton
class NoticeWords implements Overridable {

    @Override
    public String name() {
        return "notice";
    }

    @Override
    public Class<?> texts() {
        return NoticeTexts.class;
    }
}
