package org.lectern.notification.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a lecturer is asked about a lecture, or answered. The newest version counts; earlier ones may never have been
 * received.
 *
 * @param bookingVersion the version of the booking that the lecturer is asked about
 */
public record LecturerAnswerChanged(
        UUID answerId,
        int version,
        UUID bookingId,
        int bookingVersion,
        State state,
        @Nullable Instant dueAt,
        BookingEvent.Lecturer lecturer,
        Instant start,
        Instant end)
        implements Event {

    /** The states of an answer. */
    public enum State {
        PENDING,
        ACCEPTED,
        DECLINED,
        /** The lecturer was silent, which counts as consent. */
        CONSENTED,
        /** The lecturer was silent although an answer is required. */
        OVERDUE,
        /** The lecturer is not asked any more. */
        CLOSED
    }

    public LecturerAnswerChanged {
        Complete.versioned(answerId, version);
        Complete.versioned(bookingId, bookingVersion);
        Complete.present(state, "state");
        Complete.present(lecturer == null ? null : lecturer.id(), "lecturer");
        Complete.ordered(start, end);
    }

    @Override
    public UUID subject() {
        return answerId;
    }

    /** The lecturer who is asked. */
    public UUID lecturerId() {
        UUID id = lecturer.id();
        if (id == null) {
            throw new IllegalStateException("An event without its lecturer cannot be created");
        }
        return id;
    }
}
