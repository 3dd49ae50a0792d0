package org.lectern.scheduler.schedule.proposal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.schedule.AvailabilityChange;

/** A change of availability that a lecturer proposes and organizers decide. */
@Schema(name = "AvailabilityProposal")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProposalView(
        UUID id,

        @Schema(description = "Rises by one with every change; the ETag", examples = "1")
        int version,

        ProposalState state,
        OfLecturer lecturer,
        AvailabilityChange change,

        @Schema(description = "How many bookings it touched when it was proposed", examples = "2")
        int touched,

        @Schema(description = "Why it was refused") @Nullable
        String reason,

        Instant proposedAt,
        Instant updatedAt,

        @Schema(description = "Only in the answer to an acceptance: the bookings that no longer fit") @Nullable
        Touched consequences) {

    /** The lecturer, without contact data. */
    @Schema(name = "AvailabilityProposalLecturer")
    record OfLecturer(
            UUID id,
            @Schema(examples = "L-007") String code,
            @Schema(examples = "林晓岚") String name,
            @Schema(examples = "Asia/Shanghai") String zone) {}

    ProposalView with(Touched bookings) {
        return new ProposalView(id, version, state, lecturer, change, touched, reason, proposedAt, updatedAt, bookings);
    }

    /** As auditors and the audit see it: without texts, which may be personal. */
    ProposalView withoutReasons() {
        return new ProposalView(
                id,
                version,
                state,
                lecturer,
                change.withoutReasons(),
                touched,
                null,
                proposedAt,
                updatedAt,
                consequences);
    }
}
