package org.lectern.notification.link;

import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.wording.MarkedLine;

/**
 * The page; the template escapes every value.
 *
 * @param lang the language of the page's own texts
 * @param organization the organisation that sends the notice
 * @param outdated the first text when the link is about an earlier version
 * @param noticeLang the language of the notice's title and lines
 * @param cancelled whether the lecture is cancelled
 * @param joinLink the address of an online lecture
 * @param join the label of its button
 * @param state one of {@code due}, {@code given}, {@code superseded} and {@code plain}
 * @param asked what the lecturer can answer, if anything
 * @param button the label, if an acknowledgement is possible
 * @param notice the version that the button acknowledges
 * @param calendar the address of the calendar file, if any
 * @param addToCalendar the label of its link
 * @param other the other language's own name
 * @param style the nonce that allows the style in the page's policy
 */
record LinkPage(
        String lang,
        String organization,
        @Nullable String outdated,
        String noticeLang,
        String title,
        List<MarkedLine> lines,
        boolean cancelled,
        @Nullable String joinLink,
        String join,
        String state,
        @Nullable String message,
        @Nullable Asked asked,
        @Nullable String button,
        @Nullable String notice,
        @Nullable String note,
        @Nullable String calendar,
        String addToCalendar,
        String other,
        String otherLang,
        String style)
        implements TemplateInstance {

    /**
     * What the lecturer can answer.
     *
     * @param notice the version that the buttons answer
     * @param accept the label, if the lecture is not accepted
     * @param decline the label, if the lecture is not declined
     * @param why the label of the reasons
     */
    record Asked(
            String notice,
            @Nullable String accept,
            @Nullable String decline,
            String why,
            String choose,
            List<Reason> reasons) {}

    /** A reason to choose. */
    record Reason(String value, String label) {}
}
