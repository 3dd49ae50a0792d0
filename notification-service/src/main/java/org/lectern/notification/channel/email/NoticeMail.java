package org.lectern.notification.channel.email;

import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The HTML part; the template escapes every value. */
record NoticeMail(String lang, String title, List<String> lines, String footer) implements TemplateInstance {}
