package org.lectern.notification.channel.email;

import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The HTML part of a digest; the template escapes every value. */
record DigestMail(
        String lang,
        String title,
        List<Item> items,
        String acknowledge,
        String calendar,
        String footer,
        String unsubscribe,
        String link)
        implements TemplateInstance {

    /** One notice. */
    record Item(String title, List<String> lines, @Nullable String acknowledgeUrl) {}
}
