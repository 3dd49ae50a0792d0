package org.lectern.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change that was asked for, and what became of it: a line of the history.
 *
 * @param token stands in the change itself (its note or reason), so that its effect is found wherever it went
 * @param kind book, hold, confirm, release, reschedule, reassign or cancel
 * @param booking the booking it is about; of a new one, known only from the answer
 * @param attempts how often it was sent, always with the same idempotency key
 * @param status the answer's status; 0 if none came
 * @param version the booking's version as the answer gives it; 0 if there is none
 * @param answer the body of the answer
 */
public record Call(
        String token,
        String kind,
        @Nullable String booking,
        JsonNode asked,
        Instant begun,
        Instant ended,
        int attempts,
        Outcome outcome,
        int status,
        int version,
        @Nullable JsonNode answer) {

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
