package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.ProblemDocument;

/** What a change of one booking would do. Nothing was stored, and nobody was told. */
@Schema(name = "Rehearsal", description = "The answer with `dryRun=true`: nothing was changed, nobody was told")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rehearsal(
        @Schema(description = "Whether the same request without `dryRun` would be accepted now")
        boolean possible,

        @Schema(description = "What the same request would be refused with; absent when it is possible") @Nullable
        ProblemDocument refusal,

        @Schema(description = "The rules that the change breaks, whether or not the request overrides them")
        List<Finding> rules,

        @Schema(description = "Whether `override` with a reason is all that is missing")
        boolean overridable,

        @Schema(description = "The booking after the change; absent when it cannot even be thought of") @Nullable
        BookingView booking,

        @Schema(description = "Whom the change would be told to; nobody when it is a hold or a note")
        Audience told) {

    /** The branches that would be told. */
    @Schema(name = "Audience")
    public record Audience(@Schema(examples = "2") int count, List<ToldBranch> branches) {

        /** The branches that are told of all these versions. */
        static Audience of(List<ToldBranch> branches) {
            return new Audience(branches.size(), branches);
        }
    }
}
