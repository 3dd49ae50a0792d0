package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.lectern.scheduler.booking.BookingConfig.Buffer;

/**
 * Setup and teardown times by format. A booking keeps the values it was created with; a changed configuration affects
 * new bookings only.
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

    /** The setup time for that format. */
    public Duration setup(String format) {
        Buffer buffer = config.buffers().get(format);
        return buffer == null ? Duration.ZERO : buffer.setup();
    }

    /** The teardown time for that format. */
    public Duration teardown(String format) {
        Buffer buffer = config.buffers().get(format);
        return buffer == null ? Duration.ZERO : buffer.teardown();
    }

    /** The total occupied time of a lecture at that time. */
    public Occupancy around(String format, TimeSlot slot) {
        return new Occupancy(slot.start().minus(setup(format)), slot.end().plus(teardown(format)));
    }

    /** The half-open interval in which a booking occupies its lecturer, venue and branches. */
    public record Occupancy(Instant from, Instant until) {}
}
