package org.lectern.notification.event;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Zones;

/** The required contents of an event. A record cannot be created without them. */
final class Complete {

    /** For both languages. */
    private static final String NAMELESS = "—";

    private Complete() {}

    static void present(@Nullable Object value, String member) {
        if (value == null) {
            throw new IllegalArgumentException(member + " is missing");
        }
    }

    static void ordered(@Nullable Instant start, @Nullable Instant end) {
        if (start == null || end == null || !start.isBefore(end)) {
            throw new IllegalArgumentException("start must lie before end");
        }
    }

    static void versioned(@Nullable UUID id, int version) {
        present(id, "id");
        if (version < 1) {
            throw new IllegalArgumentException("version must be 1 or more");
        }
    }

    /** The guests, each with an id; an empty list for null. */
    static List<BookingEvent.Guest> guests(@Nullable List<BookingEvent.Guest> guests) {
        if (guests == null) {
            return List.of();
        }
        for (BookingEvent.Guest guest : guests) {
            present(guest == null ? null : guest.id(), "guests");
        }
        return List.copyOf(guests);
    }

    static void booking(
            @Nullable UUID id,
            int version,
            BookingEvent.@Nullable Host branch,
            @Nullable Instant start,
            @Nullable Instant end) {
        versioned(id, version);
        ordered(start, end);
        host(branch);
    }

    static void host(BookingEvent.@Nullable Host branch) {
        present(branch == null ? null : branch.id(), "branch");
    }

    static void code(@Nullable String code) {
        present(code == null || code.isBlank() || code.indexOf('\uFFFD') >= 0 ? null : code, "code");
    }

    /** The rest is for display: a missing name is replaced by its code, or by a dash. */
    static String named(@Nullable String name, @Nullable String code) {
        return Stream.of(Optional.ofNullable(name), Optional.ofNullable(code))
                .flatMap(Optional::stream)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(NAMELESS);
    }

    static BookingEvent.Lecturer lecturer(BookingEvent.@Nullable Lecturer lecturer) {
        return lecturer == null ? new BookingEvent.Lecturer(null, NAMELESS) : lecturer;
    }

    static BookingEvent.Topic topic(BookingEvent.@Nullable Topic topic) {
        return topic == null ? new BookingEvent.Topic(null, NAMELESS) : topic;
    }

    static ZoneId zone(@Nullable ZoneId zone) {
        return zone == null ? Zones.of(null) : zone;
    }
}
