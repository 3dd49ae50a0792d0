package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.lectern.scheduler.booking.BookingConfig.Buffer;

/**
 * What a lecture takes of its lecturer, venue and branches beside its own time: setting up before, clearing up after,
 * by its format. A booking keeps what it was given when it was made: another configuration changes new bookings only.
 */
@ApplicationScoped
public class Buffers {

    private static final Duration LONGEST = Duration.ofHours(12);

    private final BookingConfig config;

    @Inject
    Buffers(BookingConfig config) {
        this.config = config;
        config.buffers().forEach((format, buffer) -> {
            if (!isSensible(buffer.setup()) || !isSensible(buffer.teardown())) {
                throw new IllegalStateException(
                        "lectern.booking.buffers." + format + " must be whole minutes, 0 to 12 hours");
            }
        });
    }

    private static boolean isSensible(Duration buffer) {
        return !buffer.isNegative()
                && buffer.compareTo(LONGEST) <= 0
                && buffer.equals(Duration.ofMinutes(buffer.toMinutes()));
    }

    /** The time to set up before a lecture of that format. */
    public Duration setup(String format) {
        Buffer buffer = config.buffers().get(format);
        return buffer == null ? Duration.ZERO : buffer.setup();
    }

    /** The time to clear up after a lecture of that format. */
    public Duration teardown(String format) {
        Buffer buffer = config.buffers().get(format);
        return buffer == null ? Duration.ZERO : buffer.teardown();
    }

    /** All that a lecture at that time would take. */
    public Occupancy around(String format, TimeSlot slot) {
        return new Occupancy(slot.start().minus(setup(format)), slot.end().plus(teardown(format)));
    }

    /** The half-open interval a booking takes of its lecturer, venue and branches. */
    public record Occupancy(Instant from, Instant until) {}
}
