package org.lectern.notification.channel.email;

import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The HTML part of a digest mail; the template escapes every value. */
record DigestMail(
        String lang,
        String organization,
        String title,
        List<MailedNotice> notices,
        String join,
        String before,
        String now,
        String calendar,
        String footer,
        @Nullable String unsubscribe,
        String unsubscribeText)
        implements TemplateInstance {}
