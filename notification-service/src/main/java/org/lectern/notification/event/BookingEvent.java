package org.lectern.notification.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One version of a booking, with its whole public state. */
public sealed interface BookingEvent extends AnnouncedEvent {

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

    /** For instance {@code lecture}; null in events that no branch is notified of. */
    default @Nullable String format() {
        return null;
    }

    Instant start();

    Instant end();

    ZoneId zone();

    @Override
    default UUID subject() {
        return bookingId();
    }

    /** The event as it concerns one recipient. */
    default BookingEvent asToldTo(UUID reader) {
        return this;
    }

    /** Whether the lecture is cancelled, or no longer concerns that recipient. */
    default boolean isOffFor(UUID recipient) {
        return this instanceof Cancelled
                || this instanceof HandedOver
                || this instanceof GuestsChanged changed
                        && changed.left().stream().anyMatch(guest -> guest.id().equals(recipient));
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

    /** The values before a change; unchanged and unusable ones are absent. */
    record Before(
            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable Lecturer lecturer,
            @Nullable Topic topic,
            @Nullable Host branch,
            @Nullable Venue venue,
            List<Guest> guests,
            @Nullable String joinLink,
            @Nullable String format) {

        static final Before NOTHING = new Before(null, null, null, null, null, null, List.of(), null, null);

        public Before {
            boolean ordered = start != null && end != null && start.isBefore(end);
            start = ordered ? start : null;
            end = ordered ? end : null;
            branch = branch == null || branch.id() == null ? null : branch;
            guests = Complete.guests(guests);
        }

        /** A time that is no time counts as absent; the change itself is still announced. */
        @JsonCreator
        static Before of(
                @JsonProperty("start") @Nullable String start,
                @JsonProperty("end") @Nullable String end,
                @JsonProperty("lecturer") @Nullable Lecturer lecturer,
                @JsonProperty("topic") @Nullable Topic topic,
                @JsonProperty("branch") @Nullable Host branch,
                @JsonProperty("venue") @Nullable Venue venue,
                @JsonProperty("guests") @Nullable List<Guest> guests,
                @JsonProperty("joinLink") @Nullable String joinLink,
                @JsonProperty("format") @Nullable String format) {
            List<Guest> known = guests == null ? List.of() : guests;
            return new Before(time(start), time(end), lecturer, topic, branch, venue, known, joinLink, format);
        }

        private static @Nullable Instant time(@Nullable String text) {
            try {
                return text == null ? null : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                return null;
            }
        }
    }

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
            @Nullable String format,
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

    /** Another time, lecturer, place, host, topic or format, or something that concerns organizers only. */
    record Changed(
            UUID bookingId,
            int version,
            Lecturer lecturer,
            Topic topic,
            Host branch,
            @Nullable Venue venue,
            List<Guest> guests,
            @Nullable String joinLink,
            @Nullable String format,
            Instant start,
            Instant end,
            ZoneId zone,
            @Nullable List<String> changed,
            Before before,
            @Nullable String reason)
            implements BookingEvent {

        private static final Set<String> CONCERNS_ORGANIZERS = Set.of("expectedHeadCount", "note");

        public Changed {
            Complete.booking(bookingId, version, branch, start, end);
            lecturer = Complete.lecturer(lecturer);
            topic = Complete.topic(topic);
            zone = Complete.zone(zone);
            guests = Complete.guests(guests);
            before = before == null ? Before.NOTHING : before;
        }

        /** Whether the branches are notified; they are if the event does not name what changed. */
        public boolean isTold() {
            return changed == null || changed.isEmpty() || !CONCERNS_ORGANIZERS.containsAll(changed);
        }

        /** Whether the lecturers are notified: not of a new name of the lecturer alone. */
        public boolean isToldToLecturers() {
            boolean onlyRenamed = changed != null
                    && !changed.isEmpty()
                    && changed.stream().allMatch("lecturer"::equals)
                    && formerLecturer().isEmpty();
            return isTold() && !onlyRenamed;
        }

        /** Whether that differs, by the name of the member. */
        public boolean differs(String member) {
            return changed != null && changed.contains(member);
        }

        /** The host before the change, if another branch hosts the lecture now. */
        public Optional<UUID> formerHost() {
            return Optional.ofNullable(before.branch()).map(Host::id).filter(host -> !host.equals(branch.id()));
        }

        /** The lecturer before the change, if another one gives the lecture now. */
        public Optional<UUID> formerLecturer() {
            return Optional.ofNullable(before.lecturer()).map(Lecturer::id).filter(id -> !id.equals(lecturer.id()));
        }

        /**
         * For a former host the lecture is cancelled as it was; for a former lecturer it is handed over; for a new host
         * or lecturer it is confirmed.
         */
        @Override
        public BookingEvent asToldTo(UUID reader) {
            if (formerLecturer().isPresent() && reader.equals(lecturer.id())) {
                return confirmed();
            }
            if (formerLecturer().filter(reader::equals).isPresent()) {
                return new HandedOver(
                        bookingId,
                        version,
                        before.lecturer() == null ? lecturer : before.lecturer(),
                        before.topic() == null ? topic : before.topic(),
                        before.branch() == null ? branch : before.branch(),
                        differs("venue") ? before.venue() : venue,
                        before.guests(),
                        differs("joinLink") ? before.joinLink() : joinLink,
                        before.start() == null ? start : before.start(),
                        before.end() == null ? end : before.end(),
                        zone,
                        reason);
            }
            Host former = before.branch();
            if (former == null || former.id().equals(branch.id())) {
                return this;
            }
            if (former.id().equals(reader)) {
                return new Cancelled(
                        bookingId,
                        version,
                        before.lecturer() == null ? lecturer : before.lecturer(),
                        before.topic() == null ? topic : before.topic(),
                        former,
                        differs("venue") ? before.venue() : venue,
                        before.guests(),
                        differs("joinLink") ? before.joinLink() : joinLink,
                        before.start() == null ? start : before.start(),
                        before.end() == null ? end : before.end(),
                        zone,
                        reason);
            }
            boolean knew = before.guests().stream().anyMatch(guest -> guest.id().equals(reader));
            return branch.id().equals(reader) && !knew ? confirmed() : this;
        }

        private Confirmed confirmed() {
            return new Confirmed(
                    bookingId, version, lecturer, topic, branch, venue, guests, joinLink, format, start, end, zone);
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
            @Nullable String format,
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

    /** Another lecturer gives it now. Only the former lecturer is notified, with the lecture as it was. */
    record HandedOver(
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
            implements BookingEvent {}

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
