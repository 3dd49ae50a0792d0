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
        String label) {

    private static final int LONGEST = 100;

    /** The label as stored. */
    static @Nullable String labelOf(@Nullable NewFeed wanted) {
        String label = wanted == null ? null : wanted.label();
        if (label != null && CleanText.length(label) > LONGEST) {
            throw new InvalidRequest("/label", "text.longest", LONGEST);
        }
        return label;
    }
}
