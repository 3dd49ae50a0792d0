package org.lectern.scheduler.booking;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** The half-open interval {@code [start, end)} of a lecture, and its zone. */
public record TimeSlot(Instant start, Instant end, ZoneId zone) {

    public TimeSlot {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("a lecture ends after it starts");
        }
    }

    public OffsetDateTime localStart() {
        return start.atZone(zone).toOffsetDateTime();
    }

    public OffsetDateTime localEnd() {
        return end.atZone(zone).toOffsetDateTime();
    }

    public boolean sameTimes(TimeSlot other) {
        return start.equals(other.start) && end.equals(other.end);
    }
}
