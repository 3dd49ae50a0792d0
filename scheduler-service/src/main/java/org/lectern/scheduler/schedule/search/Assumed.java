package org.lectern.scheduler.schedule.search;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a search takes for granted beyond the bookings: then its slots can be booked together with these lectures,
 * whatever rule is concerned.
 *
 * @param lectures not booked yet
 * @param perDay the limit of lecturers without a limit of lectures a day; null for none
 */
public record Assumed(List<Lecture> lectures, @Nullable Integer perDay) {

    public static final Assumed NOTHING = new Assumed(List.of(), null);

    public Assumed {
        lectures = List.copyOf(lectures);
    }

    /** A lecture that would be booked. */
    public record Lecture(
            UUID lecturerId, UUID branchId, @Nullable UUID venueId, Instant start, Instant end) {}
}
