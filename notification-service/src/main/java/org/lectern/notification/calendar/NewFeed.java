package org.lectern.notification.calendar;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.text.CleanText;

/** A request for a calendar feed. */
@Schema(name = "NewCalendarFeed")
record NewFeed(
        @Schema(
                examples = "Office wall",
                maxLength = 100,
                description = "A label that identifies the feed for a later revocation")
        @Nullable
        String label,

        @Schema(
                enumeration = {"en", "zh-CN"},
                description = "The language of a lecturer's calendar, by default `zh-CN`; the calendar of a "
                        + "branch uses its language")
        @Nullable
        String locale) {

    private static final int LONGEST = 100;

    /** The label as stored. */
    static @Nullable String labelOf(@Nullable NewFeed wanted) {
        String label = wanted == null ? null : wanted.label();
        if (label != null && CleanText.length(label) > LONGEST) {
            throw new InvalidRequest("/label", "text.longest", LONGEST);
        }
        return label;
    }

    /** The language of a lecturer's calendar. */
    static String localeOf(@Nullable NewFeed wanted) {
        String locale = wanted == null ? null : wanted.locale();
        if (locale == null) {
            return "zh-CN";
        }
        if (!locale.equals("en") && !locale.equals("zh-CN")) {
            throw new InvalidRequest("/locale", "one-of", "en, zh-CN");
        }
        return locale;
    }
}
