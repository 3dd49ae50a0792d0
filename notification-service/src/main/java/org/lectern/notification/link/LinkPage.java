package org.lectern.notification.link;

import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.wording.MarkedLine;

/**
 * The page; the template escapes every value.
 *
 * @param lang of the page's own words
 * @param organization who asks
 * @param outdated what the page says before anything else when the link is about an earlier version
 * @param noticeLang of title and lines, which are the notice's
 * @param cancelled whether the lecture does not take place
 * @param joinLink where the lecture takes place online
 * @param join what its button says
 * @param state one of {@code due}, {@code given}, {@code superseded} and {@code plain}
 * @param button what it says, if there is something to confirm
 * @param notice the version that the button confirms
 * @param calendar where the calendar file is, if there is one
 * @param addToCalendar what its link says
 * @param other how the other language calls itself
 * @param style what the policy of the page lets its style through by
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
        @Nullable String button,
        @Nullable String notice,
        @Nullable String note,
        @Nullable String calendar,
        String addToCalendar,
        String other,
        String otherLang,
        String style)
        implements TemplateInstance {}
