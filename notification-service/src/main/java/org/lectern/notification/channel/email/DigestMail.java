package org.lectern.notification.channel.email;

import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The HTML part of a digest; the template escapes every value. */
record DigestMail(String lang, String title, List<Item> items, String footer, String unsubscribe, String link)
        implements TemplateInstance {

    /** One notice. */
    record Item(String title, List<String> lines) {}
}
