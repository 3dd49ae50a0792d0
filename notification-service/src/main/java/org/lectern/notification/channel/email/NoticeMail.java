package org.lectern.notification.channel.email;

import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The HTML part; the template escapes every value. */
record NoticeMail(
        String lang,
        String title,
        List<String> lines,
        String acknowledge,
        @Nullable String acknowledgeUrl,
        String footer)
        implements TemplateInstance {}
