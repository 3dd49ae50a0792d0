package org.lectern.scheduler.acceptance;

import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.reason.ReasonCode;
import org.lectern.scheduler.validation.MaxLength;

/** The answer of a lecturer. */
@Schema(name = "NewLecturerAnswer")
record NewAnswer(
        @NotNull Choice answer,

        @Schema(description = "Why; required to decline. For organizers", examples = "当天已有出差安排")
        @MaxLength(500)
        @Nullable
        String reason,

        @Schema(description = ReasonCode.DESCRIPTION, examples = "lecturer-ill") @ReasonCode @Nullable
        String reasonCode) {

    /** What a lecturer can answer. */
    @Schema(name = "LecturerAnswerChoice")
    enum Choice {
        ACCEPTED,
        DECLINED
    }

    /** @throws InvalidRequest when a decline has no reason */
    void check() {
        if (answer == Choice.DECLINED && (reason == null || reason.isBlank())) {
            throw new InvalidRequest(List.of(new Violation("/reason", "lecturer-answer.reason")));
        }
    }
}
