package org.lectern.scheduler.campaign.coverage;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The requirements of campaigns for one branch, and their coverage. */
@Schema(name = "BranchCoverage")
record BranchCoverage(
        @Schema(
                description =
                        "The active campaigns that have it as a target; the campaign that ends first " + "comes first")
        List<OfCampaign> campaigns) {

    @Schema(name = "BranchCoverageOfCampaign")
    record OfCampaign(
            UUID campaignId,
            @Schema(examples = "2026-Q4") String code,
            @Schema(examples = "冬季基层宣讲") String name,
            LocalDate from,
            LocalDate until,
            @Schema(description = "By topic") List<CoverageItem> items) {}
}
