package org.lectern.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One change that was asked for, and what became of it: a line of the history.
 *
 * @param token stands in the change itself (its note, reason or wishes), so that its effect is found wherever it went
 * @param subject the booking or lecture request it is about; of a new one, known only from the answer
 * @param attempts how often it was sent, always with the same idempotency key
 * @param status the answer's status; 0 if none came
 * @param version the subject's version as the answer gives it; 0 if there is none
 * @param answer the body of the answer
 */
public record Call(
        String token,
        Kind kind,
        @Nullable String subject,
        JsonNode asked,
        Instant begun,
        Instant ended,
        int attempts,
        Outcome outcome,
        int status,
        int version,
        @Nullable JsonNode answer) {

    /** How every token begins. */
    public static final String TOKEN = "chaos-";

    /** What is asked for. */
    public enum Kind {
        BOOK(Subject.BOOKING, true),
        HOLD(Subject.BOOKING, true),
        CONFIRM(Subject.BOOKING, false),
        RELEASE(Subject.BOOKING, true),
        RESCHEDULE(Subject.BOOKING, true),
        REASSIGN(Subject.BOOKING, true),
        CANCEL(Subject.BOOKING, true),
        /** A branch joins as a guest. */
        JOIN(Subject.BOOKING, false),
        LEAVE(Subject.BOOKING, false),
        /** A branch asks for a lecture. */
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

        /** Whether the token stands in the changed version; otherwise its effect is found by subject and version. */
        public boolean carriesToken() {
            return carriesToken;
        }

        /** Whether the token is the note of a booking that is made with it. */
        public boolean makesBooking() {
            return this == ACCEPT || this == OFFER;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is changed. */
    public enum Subject {
        BOOKING,
        REQUEST
    }

    /** What the caller knows. */
    public enum Outcome {
        /** Acknowledged: it must be there, for ever. */
        ACKNOWLEDGED,
        /** Refused: it must not be there. */
        REFUSED,
        /** Never answered: it may be there, once. */
        UNKNOWN
    }
}
