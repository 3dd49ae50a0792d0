package org.lectern.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One requested change and its outcome: a line of the history.
 *
 * @param token part of the change itself (its note or reason), so that its effect can be found
 * @param subject the booking or lecture request, or the branch that hands over; the id of a new one comes from the
 *     answer
 * @param planned the bookings that the preview of a change of several named; empty if unknown
 * @param attempts the number of attempts, all with the same idempotency key
 * @param status status of the answer; 0 without an answer
 * @param version version of the subject in the answer; 0 without one
 * @param answer body of the answer
 */
public record Call(
        String token,
        Kind kind,
        @Nullable String subject,
        List<String> planned,
        JsonNode asked,
        Instant begun,
        Instant ended,
        int attempts,
        Outcome outcome,
        int status,
        int version,
        @Nullable JsonNode answer) {

    /** The prefix of every token. */
    public static final String TOKEN = "chaos-";

    /** The requested action. */
    public enum Kind {
        BOOK(Subject.BOOKING, true),
        HOLD(Subject.BOOKING, true),
        CONFIRM(Subject.BOOKING, false),
        RELEASE(Subject.BOOKING, true),
        RESCHEDULE(Subject.BOOKING, true),
        REASSIGN(Subject.BOOKING, true),
        /** Time, lecturer and sometimes the host, at once. */
        CHANGE(Subject.BOOKING, true),
        /** Head count and format. */
        PATCH(Subject.BOOKING, true),
        CANCEL(Subject.BOOKING, true),
        /** A branch joins as a guest. */
        JOIN(Subject.BOOKING, false),
        LEAVE(Subject.BOOKING, false),
        /** Others take the lectures of a lecturer, as a preview proposed. */
        SUBSTITUTE(Subject.BOOKINGS, true),
        /** A branch hands over its lectures and requests to another. */
        TRANSFER(Subject.BOOKINGS, true),
        /** A branch requests a lecture. */
        ASK(Subject.REQUEST, true),
        ACCEPT(Subject.REQUEST, false),
        OFFER(Subject.REQUEST, false),
        TAKE(Subject.REQUEST, false),
        DECLINE(Subject.REQUEST, true),
        REFUSE(Subject.REQUEST, true),
        WITHDRAW(Subject.REQUEST, true);

        private final Subject subject;
        private final boolean carriesToken;

        Kind(Subject subject, boolean carriesToken) {
            this.subject = subject;
            this.carriesToken = carriesToken;
        }

        public Subject subject() {
            return subject;
        }

        /** True if the changed version contains the token; otherwise its effect is found by subject and version. */
        public boolean carriesToken() {
            return carriesToken;
        }

        /** True if the token is the note of the booking that the call creates. */
        public boolean makesBooking() {
            return this == ACCEPT || this == OFFER;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The kind of the changed resource. */
    public enum Subject {
        BOOKING,
        /** Several at once, all or none. */
        BOOKINGS,
        REQUEST
    }

    /** What the caller knows about the effect. */
    public enum Outcome {
        /** Acknowledged: the effect must be present permanently. */
        ACKNOWLEDGED,
        /** Refused: the effect must be absent. */
        REFUSED,
        /** No answer: the effect may be present, at most once. */
        UNKNOWN
    }
}
