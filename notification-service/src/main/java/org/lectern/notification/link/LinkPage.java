package org.lectern.notification.link;

import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page; the template escapes every value.
 *
 * @param lang of the page's own words
 * @param noticeLang of title and lines, which are the notice's
 * @param button what it says, if there is something to confirm
 * @param state one of {@code due}, {@code given}, {@code superseded} and {@code plain}
 * @param other how the other language calls itself
 * @param style what the policy of the page lets its style through by
 */
record LinkPage(
        String lang,
        String noticeLang,
        String title,
        List<String> lines,
        String state,
        String message,
        @Nullable String button,
        @Nullable String note,
        String other,
        String otherLang,
        String style)
        implements TemplateInstance {}
