package org.lectern.notification.offer;

import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.wording.MarkedLine;

/**
 * The page; the template escapes every value.
 *
 * @param lang of the page's own words
 * @param organization who offers
 * @param outdated what the page says before anything else when the offer is no longer open
 * @param noticeLang of title and lines, which are the notice's
 * @param state one of {@code due}, {@code given}, {@code refused} and {@code plain}
 * @param style what the policy of the page lets its style through by
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

    /** What can be answered. */
    record Buttons(String take, String decline, String note) {}
}
