package org.lectern.notification.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One version of a booking, with its whole public state. */
public sealed interface BookingEvent extends Told {

    UUID bookingId();

    Lecturer lecturer();

    Topic topic();

    @Override
    Host branch();

    @Nullable
    Venue venue();

    /** Branches that join the host's lecture. */
    List<Guest> guests();

    @Nullable
    String joinLink();

    Instant start();

    Instant end();

    ZoneId zone();

    @Override
    default UUID subject() {
        return bookingId();
    }

    /** Whether the lecture is cancelled, or no longer concerns that branch. */
    default boolean isOffFor(UUID branchId) {
        return this instanceof Cancelled
                || this instanceof GuestsChanged changed
                        && changed.left().stream().anyMatch(guest -> guest.id().equals(branchId));
    }

    /** The lecturer. */
    record Lecturer(@Nullable UUID id, String name) {
        @JsonCreator
        static Lecturer of(
                @JsonProperty("id") @Nullable UUID id,
                @JsonProperty("code") @Nullable String code,
                @JsonProperty("name") @Nullable String name) {
            return new Lecturer(id, Complete.named(name, code));
        }
    }

    /** The topic. */
    record Topic(@Nullable UUID id, String title) {
        @JsonCreator
        static Topic of(
                @JsonProperty("id") @Nullable UUID id,
                @JsonProperty("code") @Nullable String code,
                @JsonProperty("title") @Nullable String title) {
            return new Topic(id, Complete.named(title, code));
        }
    }

    /** The branch that hosts the lecture. */
    record Host(UUID id, String name) {
        @JsonCreator
        static Host of(
                @JsonProperty("id") UUID id,
                @JsonProperty("code") @Nullable String code,
                @JsonProperty("name") @Nullable String name) {
            return new Host(id, Complete.named(name, code));
        }
    }

    /** A branch that joins. */
    record Guest(UUID id, String name) {
        @JsonCreator
        static Guest of(
                @JsonProperty("id") UUID id,
                @JsonProperty("code") @Nullable String code,
                @JsonProperty("name") @Nullable String name) {
            return new Guest(id, Complete.named(name, code));
        }
    }

    /** The venue. */
    record Venue(@Nullable UUID id, String name, @Nullable String address) {
        @JsonCreator
        static Venue of(
                @JsonProperty("id") @Nullable UUID id,
                @JsonProperty("code") @Nullable String code,
                @JsonProperty("name") @Nullable String name,
                @JsonProperty("address") @Nullable String address) {
            return new Venue(id, Complete.named(name, code), address);
        }
    }

    /** The time before a reschedule. */
    record EarlierTime(Instant start, Instant end) {
        public EarlierTime {
            Complete.ordered(start, end);
        }

        /** Null if it is not a valid interval; the reschedule itself is still announced. */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static @Nullable EarlierTime of(JsonNode time) {
            try {
                return new EarlierTime(
                        OffsetDateTime.parse(time.path("start").asText()).toInstant(),
                        OffsetDateTime.parse(time.path("end").asText()).toInstant());
            } catch (DateTimeException | IllegalArgumentException e) {
                return null;
            }
        }
    }

    /** The assignment before a reassignment; unchanged parts are absent. */
    record EarlierAssignment(
            @Nullable Lecturer lecturer,
            @Nullable Venue venue,
            @Nullable String joinLink) {}

    /** The slot is held, or the hold changed. The branch is not notified. */
    record Held(
            UUID bookingId,
            int version,
            Lecturer lecturer,
            Topic topic,
            Host branch,
            @Nullable Venue venue,
            List<Guest> guests,
            @Nullable String joinLink,
            Instant start,
            Instant end,
            ZoneId zone)
            implements BookingEvent {
        public Held {
            Complete.booking(bookingId, version, branch, start, end);
            lecturer = Complete.lecturer(lecturer);
            topic = Complete.topic(topic);
            zone = Complete.zone(zone);
            guests = Complete.guests(guests);
        }
    }

    /** A hold was released. The branch never knew of it. */
    record Released(
            UUID bookingId,
            int version,
            Lecturer lecturer,
            Topic topic,
            Host branch,
            @Nullable Venue venue,
            List<Guest> guests,
            @Nullable String joinLink,
            Instant start,
            Instant end,
            ZoneId zone)
            implements BookingEvent {
        public Released {
            Complete.booking(bookingId, version, branch, start, end);
            lecturer = Complete.lecturer(lecturer);
            topic = Complete.topic(topic);
            zone = Complete.zone(zone);
            guests = Complete.guests(guests);
        }
    }

    /** A hold expired without confirmation. The branch never knew of it. */
    record Expired(
            UUID bookingId,
            int version,
            Lecturer lecturer,
            Topic topic,
            Host branch,
            @Nullable Venue venue,
            List<Guest> guests,
            @Nullable String joinLink,
            Instant start,
            Instant end,
            ZoneId zone)
            implements BookingEvent {
        public Expired {
            Complete.booking(bookingId, version, branch, start, end);
            lecturer = Complete.lecturer(lecturer);
            topic = Complete.topic(topic);
            zone = Complete.zone(zone);
            guests = Complete.guests(guests);
        }
    }

    /** The lecture will take place. */
    record Confirmed(
            UUID bookingId,
            int version,
            Lecturer lecturer,
            Topic topic,
            Host branch,
            @Nullable Venue venue,
            List<Guest> guests,
            @Nullable String joinLink,
            Instant start,
            Instant end,
            ZoneId zone)
            implements BookingEvent {
        public Confirmed {
            Complete.booking(bookingId, version, branch, start, end);
            lecturer = Complete.lecturer(lecturer);
            topic = Complete.topic(topic);
            zone = Complete.zone(zone);
            guests = Complete.guests(guests);
        }
    }

    /** It will take place at another time. */
    record Rescheduled(
            UUID bookingId,
            int version,
            Lecturer lecturer,
            Topic topic,
            Host branch,
            @Nullable Venue venue,
            List<Guest> guests,
            @Nullable String joinLink,
            Instant start,
            Instant end,
            ZoneId zone,
            @Nullable EarlierTime before,
            @Nullable String reason)
            implements BookingEvent {
        public Rescheduled {
            Complete.booking(bookingId, version, branch, start, end);
            lecturer = Complete.lecturer(lecturer);
            topic = Complete.topic(topic);
            zone = Complete.zone(zone);
            guests = Complete.guests(guests);
        }
    }

    /** Another lecturer or another venue. */
    record Reassigned(
            UUID bookingId,
            int version,
            Lecturer lecturer,
            Topic topic,
            Host branch,
            @Nullable Venue venue,
            List<Guest> guests,
            @Nullable String joinLink,
            Instant start,
            Instant end,
            ZoneId zone,
            EarlierAssignment before,
            @Nullable String reason)
            implements BookingEvent {
        public Reassigned {
            Complete.booking(bookingId, version, branch, start, end);
            lecturer = Complete.lecturer(lecturer);
            topic = Complete.topic(topic);
            zone = Complete.zone(zone);
            guests = Complete.guests(guests);
            before = before == null ? new EarlierAssignment(null, null, null) : before;
        }
    }

    /** Branches joined or left; nothing changed for the others. */
    record GuestsChanged(
            UUID bookingId,
            int version,
            Lecturer lecturer,
            Topic topic,
            Host branch,
            @Nullable Venue venue,
            List<Guest> guests,
            @Nullable String joinLink,
            Instant start,
            Instant end,
            ZoneId zone,
            List<Guest> joined,
            List<Guest> left)
            implements BookingEvent {
        public GuestsChanged {
            Complete.booking(bookingId, version, branch, start, end);
            lecturer = Complete.lecturer(lecturer);
            topic = Complete.topic(topic);
            zone = Complete.zone(zone);
            guests = Complete.guests(guests);
            Complete.present(joined, "joined");
            Complete.present(left, "left");
            joined = Complete.guests(joined);
            left = Complete.guests(left);
        }
    }

    /** It will not take place. */
    record Cancelled(
            UUID bookingId,
            int version,
            Lecturer lecturer,
            Topic topic,
            Host branch,
            @Nullable Venue venue,
            List<Guest> guests,
            @Nullable String joinLink,
            Instant start,
            Instant end,
            ZoneId zone,
            @Nullable String reason)
            implements BookingEvent {
        public Cancelled {
            Complete.booking(bookingId, version, branch, start, end);
            lecturer = Complete.lecturer(lecturer);
            topic = Complete.topic(topic);
            zone = Complete.zone(zone);
            guests = Complete.guests(guests);
        }
    }

    /** It took place. */
    record Completed(
            UUID bookingId,
            int version,
            Lecturer lecturer,
            Topic topic,
            Host branch,
            @Nullable Venue venue,
            List<Guest> guests,
            @Nullable String joinLink,
            Instant start,
            Instant end,
            ZoneId zone)
            implements BookingEvent {
        public Completed {
            Complete.booking(bookingId, version, branch, start, end);
            lecturer = Complete.lecturer(lecturer);
            topic = Complete.topic(topic);
            zone = Complete.zone(zone);
            guests = Complete.guests(guests);
        }
    }
}
