package org.lectern.notification.acceptance;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.event.LecturerAnswerChanged;

/**
 * The question whether a lecturer gives a lecture, as of a notice.
 *
 * @param version the version of the booking in the notice, which an answer is bound to
 * @param state what the scheduler said last, or what was answered by a link since
 * @param at when that was
 */
public record LectureQuestion(
        UUID booking,
        UUID lecturer,
        int version,
        LecturerAnswerChanged.State state,
        Instant at,
        @Nullable Instant dueAt) {

    /** The reasons to choose from. No free text is sent to the scheduler: it may be personal. */
    public enum Why {
        @JsonProperty("ill")
        ILL("ill"),
        @JsonProperty("other-appointment")
        OTHER_APPOINTMENT("other-appointment"),
        @JsonProperty("cannot-travel")
        CANNOT_TRAVEL("cannot-travel"),
        @JsonProperty("other")
        OTHER("other");

        private final String value;

        Why(String value) {
            this.value = value;
        }

        public String value() {
            return value;
        }

        public static Optional<Why> of(String value) {
            return Arrays.stream(values())
                    .filter(why -> why.value.equals(value))
                    .findFirst();
        }
    }

    public boolean isAccepted() {
        return state == LecturerAnswerChanged.State.ACCEPTED;
    }

    public boolean isDeclined() {
        return state == LecturerAnswerChanged.State.DECLINED;
    }
}
