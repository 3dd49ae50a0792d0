package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.ProblemDocument;

/** What a change of one booking would do. Nothing was stored, and no branch was notified. */
@Schema(
        name = "Rehearsal",
        description = "The answer with `dryRun=true`: nothing was changed and no branch is notified")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rehearsal(
        @Schema(description = "Whether the same request without `dryRun` would be accepted now")
        boolean possible,

        @Schema(description = "The refusal of the same request; absent when it is possible") @Nullable
        ProblemDocument refusal,

        @Schema(description = "The rules that the change breaks, whether or not the request overrides them")
        List<RuleViolation> rules,

        @Schema(description = "Whether `override` with a reason is all that is missing")
        boolean overridable,

        @Schema(description = "The booking after the change; absent when no such booking can exist") @Nullable
        BookingView booking,

        @Schema(description = "The branches that would be notified; none for a hold or a note")
        Audience notified) {

    /** The branches that would be notified. */
    @Schema(name = "Audience")
    public record Audience(@Schema(examples = "2") int count, List<NotifiedBranch> branches) {

        /** The branches that are notified of all these versions. */
        static Audience of(List<NotifiedBranch> branches) {
            return new Audience(branches.size(), branches);
        }
    }
}
