package org.lectern.notification.confirmation;

import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page; the template escapes every value.
 *
 * @param organization the organisation that sends the notices
 * @param state one of {@code due}, {@code given}, {@code refused} and {@code plain}
 * @param buttons present only while an answer is possible
 * @param other the other language's own name
 * @param style the nonce that allows the style in the page's policy
 */
record ConfirmationPage(
        String lang,
        String organization,
        String title,
        List<String> lines,
        String state,
        String message,
        @Nullable Buttons buttons,
        String other,
        String otherLang,
        String style)
        implements TemplateInstance {

    /** The possible answers. */
    record Buttons(String confirm, String refuse, String note) {}
}
