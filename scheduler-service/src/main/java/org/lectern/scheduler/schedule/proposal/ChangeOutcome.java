package org.lectern.scheduler.schedule.proposal;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.schedule.AvailabilityView;

/** What a lecturer's change of its availability leads to. */
@Schema(name = "AvailabilityChangeOutcome")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChangeOutcome(
        Effect effect,
        Touched touched,

        @Schema(description = "The availability with the change; only if it took effect") @Nullable
        AvailabilityView availability,

        @Schema(description = "Only if it was proposed, and not by a dry run") @Nullable
        ProposalView proposal) {

    /** Whether the change needs a decision. */
    @Schema(name = "AvailabilityChangeEffect")
    enum Effect {
        /** It touches no booking and takes effect at once. */
        EFFECTIVE,
        /** It touches bookings: organizers decide. */
        PROPOSED
    }
}
