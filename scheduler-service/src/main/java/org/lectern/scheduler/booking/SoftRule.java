package org.lectern.scheduler.booking;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.booking.Buffers.Occupancy;
import org.lectern.scheduler.booking.Participants.GuestRef;

/**
 * A rule that an organizer may override with a reason. Each CDI implementation runs in the transaction of the change,
 * under the locks of all parties and before any write. What it reads cannot change before the commit.
 */
public interface SoftRule {

    /** The broken rules; empty if there are none. */
    List<Objection> objections(Proposal proposal);

    /**
     * The rules that booked lectures break as they stand, by booking: reads in bulk, and without locks. A rule that
     * judges only the moment of booking finds nothing.
     */
    default Map<UUID, List<Objection>> standing(Collection<Proposal> lectures) {
        return Map.of();
    }

    /**
     * The lecture after the change, and the time it occupies with its buffers.
     *
     * @param before the booking before the change; null for a new one
     * @param command what asks for it; null for a booking that stays as it is
     */
    record Proposal(
            @Nullable BookingView before,
            @Nullable BookingCommand command,
            UUID lecturerId,
            UUID topicId,
            UUID branchId,
            List<Guest> guests,
            @Nullable UUID venueId,
            String format,
            TimeSlot slot,
            Occupancy occupancy,
            @Nullable Integer expectedHeadCount,
            @Nullable UUID campaignId) {

        /** A new or changed booking that is not written yet. */
        static Proposal of(
                @Nullable BookingView before, Booking booking, Participants parties, BookingCommand command) {
            return new Proposal(
                    before,
                    command,
                    booking.lecturerId(),
                    booking.topicId(),
                    booking.branchId(),
                    Guest.of(parties.guests()),
                    booking.venueId(),
                    booking.format(),
                    booking.slot(),
                    booking.occupancy(),
                    booking.expectedHeadCount(),
                    booking.campaignId());
        }

        /** An existing booking. */
        public static Proposal of(BookingView booking) {
            return new Proposal(
                    booking,
                    null,
                    booking.lecturer().id(),
                    booking.topic().id(),
                    booking.branch().id(),
                    Guest.of(booking.guests()),
                    booking.venue() == null ? null : booking.venue().id(),
                    booking.format(),
                    booking.slot(),
                    booking.occupancy(),
                    booking.expectedHeadCount(),
                    booking.campaignId());
        }

        /** The changed booking; null for a new one. */
        public @Nullable UUID bookingId() {
            return before == null ? null : before.id();
        }

        /** The host and the guests. */
        public Set<UUID> branchIds() {
            return Stream.concat(Stream.of(branchId), guests.stream().map(Guest::branchId))
                    .collect(Collectors.toSet());
        }

        /** The expected heads of host and guests together, as far as known. */
        public int allHeads() {
            return Stream.concat(Stream.of(new Guest(branchId, expectedHeadCount)), guests.stream())
                    .mapToInt(each -> each.expectedHeadCount() == null ? 0 : each.expectedHeadCount())
                    .sum();
        }

        public Instant start() {
            return slot.start();
        }

        public Instant end() {
            return slot.end();
        }

        public ZoneId zone() {
            return slot.zone();
        }
    }

    /** A branch that joins, and its head count. */
    record Guest(UUID branchId, @Nullable Integer expectedHeadCount) {

        static List<Guest> of(List<GuestRef> guests) {
            return guests.stream()
                    .map(guest -> new Guest(guest.id(), guest.expectedHeadCount()))
                    .toList();
        }
    }

    /**
     * One broken rule.
     *
     * @param code the problem code, with title and detail in the message bundle; the history stores it on an override
     * @param violation the field at fault and its text
     * @param arguments of the detail
     * @param facts structured details, if any; a list in the problem document named after the rule's family (the last
     *     word of its code)
     */
    record Objection(
            String code,
            Violation violation,
            List<Object> arguments,
            @Nullable Object facts) {

        public Objection(String code, Violation violation, List<Object> arguments) {
            this(code, violation, arguments, null);
        }

        public Objection(String code, Violation violation, Object... arguments) {
            this(code, violation, List.of(arguments), null);
        }
    }
}
