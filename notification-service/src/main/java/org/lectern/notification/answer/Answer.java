package org.lectern.notification.answer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a notice.
 *
 * @param proposal present only for {@link AnswerKind#COUNTER}, and empty if it names no time
 * @param comment one line of at most 500 characters
 */
public record Answer(
        AnswerKind kind,
        @Nullable Proposal proposal,
        @Nullable String comment) {

    /** A proposed other time. */
    public record Proposal(Instant start, Instant end) {
        public Proposal {
            if (!start.isBefore(end)) {
                throw new IllegalArgumentException("A proposal must end after it starts");
            }
        }
    }

    public Answer {
        if (proposal != null && kind != AnswerKind.COUNTER) {
            throw new IllegalArgumentException("Only a counter-proposal has a proposal");
        }
    }
}
