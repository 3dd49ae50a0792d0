package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.GuestRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.booking.Participants.VenueRef;
import org.lectern.scheduler.event.DomainEvent;
import org.lectern.scheduler.event.EventCatalog;

/** A change of a booking: its whole public state afterwards and, for a change, the previous values and the reason. */
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface BookingEvent extends DomainEvent {

    Facts booking();

    @Override
    default UUID subject() {
        return booking().bookingId();
    }

    @Override
    default int sequence() {
        return booking().version();
    }

    @Override
    default Instant occurredAt() {
        return booking().at();
    }

    @Override
    default Optional<Instant> neededUntil() {
        return Optional.of(booking().end());
    }

    /** The slot is reserved, or the reservation changed; the branch is not notified. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BookingHeld(
            @JsonUnwrapped Facts booking, @Nullable String reason) implements BookingEvent {
        @Override
        public EventCatalog type() {
            return EventCatalog.BOOKING_HELD;
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BookingReleased(
            @JsonUnwrapped Facts booking, @Nullable String reason) implements BookingEvent {
        @Override
        public EventCatalog type() {
            return EventCatalog.BOOKING_RELEASED;
        }
    }

    record BookingExpired(@JsonUnwrapped Facts booking) implements BookingEvent {
        @Override
        public EventCatalog type() {
            return EventCatalog.BOOKING_EXPIRED;
        }
    }

    record BookingConfirmed(@JsonUnwrapped Facts booking) implements BookingEvent {
        @Override
        public EventCatalog type() {
            return EventCatalog.BOOKING_CONFIRMED;
        }
    }

    record BookingRescheduled(@JsonUnwrapped Facts booking, Times before, String reason) implements BookingEvent {

        /** The previous times. */
        record Times(Instant start, Instant end) {}

        @Override
        public EventCatalog type() {
            return EventCatalog.BOOKING_RESCHEDULED;
        }
    }

    record BookingReassigned(@JsonUnwrapped Facts booking, Assignment before, String reason) implements BookingEvent {

        /** The previous lecturer and place. */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        record Assignment(
                LecturerRef lecturer,
                @Nullable VenueRef venue,
                @Nullable String joinLink) {}

        @Override
        public EventCatalog type() {
            return EventCatalog.BOOKING_REASSIGNED;
        }
    }

    /** Branches joined or left the lecture; nothing else changed. */
    record BookingGuestsChanged(@JsonUnwrapped Facts booking, List<BranchRef> joined, List<BranchRef> left)
            implements BookingEvent {
        @Override
        public EventCatalog type() {
            return EventCatalog.BOOKING_GUESTS_CHANGED;
        }
    }

    record BookingCancelled(@JsonUnwrapped Facts booking, String reason) implements BookingEvent {
        @Override
        public EventCatalog type() {
            return EventCatalog.BOOKING_CANCELLED;
        }
    }

    record BookingCompleted(@JsonUnwrapped Facts booking, int headCount) implements BookingEvent {
        @Override
        public EventCatalog type() {
            return EventCatalog.BOOKING_COMPLETED;
        }
    }

    /** When the hold expires or expired. */
    record Hold(Instant expiresAt) {}

    /** The public state of a booking, without the organizers' note. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Facts(
            UUID bookingId,
            int version,
            BookingStatus status,
            LecturerRef lecturer,
            TopicRef topic,
            BranchRef branch,
            @Nullable VenueRef venue,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<GuestRef> guests,
            @Nullable String joinLink,
            String format,
            Instant start,
            Instant end,
            String zone,
            @Nullable Integer expectedHeadCount,
            @Nullable Hold hold,
            @Nullable UUID seriesId,
            @JsonIgnore Instant at) {

        static Facts of(Booking booking, Participants parties) {
            return new Facts(
                    booking.id(),
                    booking.version(),
                    booking.status(),
                    parties.lecturer(),
                    parties.topic(),
                    parties.branch(),
                    parties.venue(),
                    parties.guests(),
                    booking.joinLink(),
                    booking.format(),
                    booking.slot().start(),
                    booking.slot().end(),
                    booking.slot().zone().getId(),
                    booking.expectedHeadCount(),
                    booking.holdExpiresAt() == null ? null : new Hold(booking.holdExpiresAt()),
                    booking.seriesId(),
                    booking.updatedAt());
        }
    }
}
