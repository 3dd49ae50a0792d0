package org.lectern.scheduler.schedule.proposal;

import jakarta.validation.constraints.NotBlank;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.scheduler.validation.MaxLength;

/** The reason for refusing a proposed change of availability. */
@Schema(name = "RefuseAvailabilityProposal")
record RefuseProposal(
        @Schema(description = "Shown to the lecturer", examples = "这几天的宣讲已无人可替，请联系我们商量") @NotBlank @MaxLength(500)
        String reason) {}
