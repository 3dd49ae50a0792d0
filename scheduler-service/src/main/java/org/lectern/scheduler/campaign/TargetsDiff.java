package org.lectern.scheduler.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The differences if the targets of a campaign were computed now. */
@Schema(name = "CampaignTargetsDiff")
record TargetsDiff(
        @Schema(description = "When the targets were last taken")
        Instant takenAt,

        @Schema(examples = "2") int added,
        @Schema(examples = "0") int removed,

        @Schema(description = "Branches that stay, but with another priority or exclusion", examples = "1")
        int changed,

        @Schema(description = "At most 500 of them, by code; added ones first")
        List<Difference> items) {

    /** The change for a branch. */
    enum What {
        ADDED,
        CHANGED,
        REMOVED
    }

    /** One differing branch. */
    @Schema(name = "CampaignTargetDifference")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Difference(
            What what,
            UUID branchId,
            @Schema(examples = "QS-V-021") String code,
            @Schema(examples = "新桥村") String name,
            @Schema(examples = "village") String kind,
            boolean priority,

            @Schema(description = "Why it need not be reached") @Nullable
            String excludedBecause) {}
}
