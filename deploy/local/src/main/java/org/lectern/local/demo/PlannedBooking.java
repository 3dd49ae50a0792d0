package org.lectern.local.demo;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One booking of the demonstration and its later changes.
 *
 * @param venue null for a broadcast
 */
record PlannedBooking(
        int number,
        City.Lecturer lecturer,
        City.Topic topic,
        City.Branch branch,
        City.@Nullable Venue venue,
        String format,
        OffsetDateTime start,
        int headCount,
        Fate fate) {

    /** The change of the booking after its creation. */
    sealed interface Fate {}

    record Stands() implements Fate {}

    record Completed(int headCount, String note) implements Fate {}

    record Cancelled(String reason) implements Fate {}

    record Rescheduled(OffsetDateTime start, String reason) implements Fate {}

    record Reassigned(City.Lecturer lecturer, String reason) implements Fate {}
}
