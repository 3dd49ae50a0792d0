package org.lectern.scheduler.booking;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Flaw;
import org.lectern.scheduler.booking.Buffers.Occupancy;
import org.lectern.scheduler.booking.Parties.GuestRef;

/**
 * A rule that speaks against a lecture without making it impossible: an organizer may override it with a reason. Each
 * implementation that CDI finds is asked in the transaction of the change, under the locks of all parties and before
 * anything is written, so that what it reads cannot change until the booking is committed.
 */
public interface SoftRule {

    /** What speaks against the lecture; nothing if all is well. */
    List<Objection> objections(Proposal proposal);

    /**
     * The lecture as it would be, and what it would take with its buffers.
     *
     * @param before the booking before the change; nothing for a new one
     */
    record Proposal(
            @Nullable BookingView before,
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

        /** A new booking, or one that was changed and not written yet. */
        static Proposal of(@Nullable BookingView before, Booking booking, Parties parties) {
            return new Proposal(
                    before,
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

        /** A booking as it stands. */
        static Proposal of(BookingView booking) {
            return new Proposal(
                    booking,
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

        /** The booking that changes; nothing for a new one. */
        public @Nullable UUID bookingId() {
            return before == null ? null : before.id();
        }

        /** The host and the guests. */
        public Set<UUID> branchIds() {
            return Stream.concat(Stream.of(branchId), guests.stream().map(Guest::branchId))
                    .collect(Collectors.toSet());
        }

        /** All that are expected of host and guests together, as far as they said. */
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

    /** A branch that joins, and how many it sends. */
    record Guest(UUID branchId, @Nullable Integer expectedHeadCount) {

        static List<Guest> of(List<GuestRef> guests) {
            return guests.stream()
                    .map(guest -> new Guest(guest.id(), guest.expectedHeadCount()))
                    .toList();
        }
    }

    /**
     * One rule that is broken.
     *
     * @param code the code of the problem document, whose title and detail stand in the message bundle; also kept in
     *     the history when the rule is overridden
     * @param flaw the field at fault and what is wrong with it
     * @param arguments those of the detail
     * @param facts what programs may want to know of it, if anything: stands in the problem document in a list named
     *     after the rule's family (the last word of its code)
     */
    record Objection(
            String code,
            Flaw flaw,
            List<Object> arguments,
            @Nullable Object facts) {

        public Objection(String code, Flaw flaw, List<Object> arguments) {
            this(code, flaw, arguments, null);
        }

        public Objection(String code, Flaw flaw, Object... arguments) {
            this(code, flaw, List.of(arguments), null);
        }
    }
}
