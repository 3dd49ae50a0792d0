package org.lectern.scheduler.acknowledgement;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The acknowledgement state of one branch of a booking. */
@Schema(name = "BranchAcknowledgement")
@JsonInclude(JsonInclude.Include.NON_NULL)
record BranchAcknowledgement(
        UUID branchId,
        @Schema(examples = "QS-V-014") String code,
        @Schema(examples = "青石村") String name,

        @Schema(description = "Whether it is a guest and not the host")
        boolean guest,

        @Schema(description = "Whether the booking was announced to it; never true for a hold")
        boolean announced,

        @Schema(
                description = "Whether an endpoint of the branch, such as its mail server, has accepted a "
                        + "message about the version last announced. The inbox of this service does not "
                        + "count")
        boolean reached,

        @Schema(description = "Present when it is not reached because the message bounced: when that became known")
        @Nullable
        Instant bouncedAt,

        @Schema(description = "Whether it has acknowledged the version last announced")
        boolean acknowledged,

        @Schema(
                description = "The newest version that it has acknowledged; an earlier version no longer counts",
                examples = "2")
        @Nullable
        Integer version,

        @Nullable Instant at,

        @Schema(description = "`in-app`, `link`, `calendar` or `organizer`", examples = "in-app") @Nullable
        String channel) {}
