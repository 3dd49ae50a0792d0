package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /**
     * The lecture has another time, lecturer, place, host or other details.
     *
     * @param changed what differs; branches are notified only of some of it
     * @param before the members that differ, as they were; a member that was absent is absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BookingRevised(
            @JsonUnwrapped Facts booking,
            List<Aspect> changed,
            Before before,
            @Nullable String reason) implements BookingEvent {

        /** Values before the change. */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        record Before(
                @Nullable Instant start,
                @Nullable Instant end,
                @Nullable LecturerRef lecturer,
                @Nullable TopicRef topic,
                @Nullable BranchRef branch,
                @Nullable VenueRef venue,
                @JsonInclude(JsonInclude.Include.NON_EMPTY) List<GuestRef> guests,
                @Nullable String joinLink,
                @Nullable String format,
                @Nullable Integer expectedHeadCount) {}

        static BookingRevised of(BookingView before, Facts now, boolean noteChanged, @Nullable String reason) {
            List<Aspect> changed = Aspect.differing(before, now, noteChanged);
            return new BookingRevised(
                    now,
                    changed,
                    new Before(
                            changed.contains(Aspect.TIME) ? before.slot().start() : null,
                            changed.contains(Aspect.TIME) ? before.slot().end() : null,
                            changed.contains(Aspect.LECTURER) ? before.lecturer() : null,
                            changed.contains(Aspect.TOPIC) ? before.topic() : null,
                            changed.contains(Aspect.BRANCH) ? before.branch() : null,
                            changed.contains(Aspect.VENUE) ? before.venue() : null,
                            changed.contains(Aspect.BRANCH) ? before.guests() : List.of(),
                            changed.contains(Aspect.JOIN_LINK) ? before.joinLink() : null,
                            changed.contains(Aspect.FORMAT) ? before.format() : null,
                            changed.contains(Aspect.EXPECTED_HEAD_COUNT) ? before.expectedHeadCount() : null),
                    reason);
        }

        /** Whether the branches are notified. */
        boolean isAnnounced() {
            return changed.stream().anyMatch(each -> each != Aspect.EXPECTED_HEAD_COUNT && each != Aspect.NOTE);
        }

        @Override
        public EventCatalog type() {
            return EventCatalog.BOOKING_CHANGED;
        }
    }

    /** What a change of a booking can change, by the name of the member. */
    enum Aspect {
        @JsonProperty("time")
        TIME,
        @JsonProperty("lecturer")
        LECTURER,
        @JsonProperty("topic")
        TOPIC,
        @JsonProperty("branch")
        BRANCH,
        @JsonProperty("venue")
        VENUE,
        @JsonProperty("joinLink")
        JOIN_LINK,
        @JsonProperty("format")
        FORMAT,
        @JsonProperty("expectedHeadCount")
        EXPECTED_HEAD_COUNT,
        @JsonProperty("note")
        NOTE;

        static List<Aspect> differing(BookingView before, Facts now, boolean noteChanged) {
            Map<Aspect, Boolean> differ = new EnumMap<>(Aspect.class);
            differ.put(
                    TIME,
                    !before.slot().start().equals(now.start())
                            || !before.slot().end().equals(now.end()));
            differ.put(
                    LECTURER,
                    !before.lecturer().id().equals(now.lecturer().id())
                            || !before.lecturer().name().equals(now.lecturer().name()));
            differ.put(
                    TOPIC,
                    !before.topic().id().equals(now.topic().id())
                            || !before.topic().title().equals(now.topic().title()));
            differ.put(BRANCH, !before.branch().id().equals(now.branch().id()));
            differ.put(VENUE, !Objects.equals(before.venue(), now.venue()));
            differ.put(JOIN_LINK, !Objects.equals(before.joinLink(), now.joinLink()));
            differ.put(FORMAT, !before.format().equals(now.format()));
            differ.put(EXPECTED_HEAD_COUNT, !Objects.equals(before.expectedHeadCount(), now.expectedHeadCount()));
            differ.put(NOTE, noteChanged);
            return differ.entrySet().stream()
                    .filter(Map.Entry::getValue)
                    .map(Map.Entry::getKey)
                    .toList();
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

    /**
     * The public state of a booking, without the organizers' note.
     *
     * @param reasonCode of this change
     */
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
            @Nullable String reasonCode,
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
                    booking.reasonCode(),
                    booking.updatedAt());
        }
    }
}
