package org.lectern.notification.offer;

import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.wording.MarkedLine;

/**
 * The page; the template escapes every value.
 *
 * @param lang the language of the page's own texts
 * @param organization the organisation that makes the offer
 * @param outdated the first text when the offer is no longer open
 * @param noticeLang the language of the notice's title and lines
 * @param state one of {@code due}, {@code given}, {@code refused} and {@code plain}
 * @param style the nonce that allows the style in the page's policy
 */
record OfferPage(
        String lang,
        String organization,
        @Nullable String outdated,
        String noticeLang,
        String title,
        List<MarkedLine> lines,
        String state,
        @Nullable String message,
        @Nullable Buttons buttons,
        String other,
        String otherLang,
        String style)
        implements TemplateInstance {

    /** The possible answers. */
    record Buttons(String take, String decline, String note) {}
}
