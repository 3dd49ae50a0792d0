package org.lectern.notification.event;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an event must hold to be worth anything: a record of it cannot be made otherwise. */
final class Complete {

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

    /** Those guests, each with an id; nobody when there are none. */
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
            BookingEvent.@Nullable Lecturer lecturer,
            BookingEvent.@Nullable Topic topic,
            BookingEvent.@Nullable Host branch,
            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable ZoneId zone) {
        versioned(id, version);
        ordered(start, end);
        lecturer(lecturer);
        topicAndHost(topic, branch);
        present(zone, "zone");
    }

    static void lecturer(BookingEvent.@Nullable Lecturer lecturer) {
        present(lecturer == null ? null : lecturer.name(), "lecturer");
    }

    static void topicAndHost(BookingEvent.@Nullable Topic topic, BookingEvent.@Nullable Host branch) {
        present(topic == null ? null : topic.title(), "topic");
        present(branch == null ? null : branch.id(), "branch");
    }
}
