package org.lectern.scheduler.schedule;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lecture that can be booked unchanged.
 *
 * @param score 100 plus the points of all reasons
 */
public record FreeSlot(
        Lecturer lecturer, @Nullable Venue venue, Instant start, Instant end, int score, List<Reason> reasons) {

    public record Lecturer(UUID id, String code, String name, String tier) {}

    public record Venue(
            UUID id, String code, String name, @Nullable String address) {}

    /** A reason for the rank of a slot; its text is {@code reason.KEY}. */
    public record Reason(Kind kind, int points, String key, List<Object> arguments) {
        public static Reason of(Kind kind, int points, String key, Object... arguments) {
            return new Reason(kind, points, key, List.of(arguments));
        }
    }

    /** The criteria of the ranking. */
    public enum Kind {
        INSTEAD("instead"),
        TRAVEL("travel"),
        LOAD("load"),
        TIER("tier"),
        LAST_VISIT("last-visit"),
        VENUE("venue"),
        SOONER("sooner"),
        CALENDAR("calendar");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
