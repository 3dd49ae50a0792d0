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
        @Schema(description = "The time of the last refresh")
        Instant refreshedAt,

        @Schema(examples = "2") int added,
        @Schema(examples = "0") int removed,

        @Schema(description = "Branches with a changed priority or exclusion", examples = "1")
        int changed,

        @Schema(description = "At most 500 branches by code; added ones come first")
        List<Difference> items) {

    /** The change for a branch. */
    @Schema(name = "CampaignTargetChange")
    enum TargetChange {
        ADDED,
        CHANGED,
        REMOVED
    }

    /** One differing branch. */
    @Schema(name = "CampaignTargetDifference")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Difference(
            TargetChange change,
            UUID branchId,
            @Schema(examples = "QS-V-021") String code,
            @Schema(examples = "新桥村") String name,
            @Schema(examples = "village") String kind,
            boolean priority,

            @Schema(description = "Why it is excluded") @Nullable
            String excludedBecause) {}
}
