package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Whether the lecturer accepts the lecture.
 *
 * @param version the version of the booking that the lecturer is asked about: the last one with another time, place,
 *     host or lecturer
 */
@Schema(name = "LecturerAnswer")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LecturerAnswer(
        State state,

        @Schema(
                description =
                        "The version of the booking that the lecturer is asked about: the last one with another time, "
                                + "place, host or lecturer",
                examples = "1")
        int version,

        @Schema(description = "Until when the lecturer can answer before silence has a consequence")
        Instant dueAt,

        @Schema(description = "When the answer was given, or silence had its consequence") @Nullable
        Instant at,

        @Schema(description = "Who answered; absent without an answer") @Nullable
        By by,

        @Schema(description = "Why the lecturer declined; for organizers, auditors and the lecturer") @Nullable
        String reason,

        @Nullable String reasonCode) {

    /** The state of the answer. */
    @Schema(name = "LecturerAnswerState")
    public enum State {
        /** The lecturer has not answered yet. */
        PENDING,
        ACCEPTED,
        DECLINED,
        /** The lecturer was silent, which counts as consent. */
        CONSENTED,
        /** The lecturer was silent although an answer is required. */
        OVERDUE
    }

    /** Who gave the answer. */
    @Schema(name = "LecturerAnswerBy")
    public enum By {
        LECTURER,
        /** An organizer, on behalf of the lecturer. */
        ORGANIZER
    }

    /** As branches see it. */
    LecturerAnswer withoutReason() {
        return new LecturerAnswer(state, version, dueAt, at, by, null, null);
    }
}
