package org.lectern.notification.confirmation;

import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page; the template escapes every value.
 *
 * @param organization which organisation's notices they are
 * @param state one of {@code due}, {@code given}, {@code refused} and {@code plain}
 * @param buttons only while the question can be answered
 * @param other how the other language calls itself
 * @param style the nonce by which the policy of the page allows its style
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

    /** What can be answered. */
    record Buttons(String confirm, String refuse, String note) {}
}
