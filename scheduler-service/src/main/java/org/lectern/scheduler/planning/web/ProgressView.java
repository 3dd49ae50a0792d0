package org.lectern.scheduler.planning.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.planning.draft.PlanState;

/** Where the work on a plan stands. */
@Schema(name = "PlanProgress")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProgressView(
        PlanState state,
        int version,

        @Schema(description = "Of the search's time, from 0 to 1", examples = "0.42")
        double share,

        @Schema(examples = "25.2") double secondsSpent,
        @Schema(examples = "812000") long iterations,
        @Schema(examples = "310") int placed,
        @Schema(examples = "11") int leftOut,

        @Schema(description = "The cost of the best plan so far", examples = "19020") @Nullable
        Double totalMinutes,

        PlanView.@Nullable Publication publication) {}
