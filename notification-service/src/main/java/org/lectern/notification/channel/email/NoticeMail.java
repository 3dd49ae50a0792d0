package org.lectern.notification.channel.email;

import io.quarkus.qute.TemplateInstance;
import org.jspecify.annotations.Nullable;

/** The HTML part of a mail about one notice; the template escapes every value. */
record NoticeMail(
        String lang,
        String organization,
        String title,
        MailedNotice notice,
        String join,
        String before,
        String now,
        String footer,
        @Nullable String unsubscribe,
        String unsubscribeText)
        implements TemplateInstance {}
