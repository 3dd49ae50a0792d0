package org.lectern.scheduler.acknowledgement;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The acknowledgement state of one branch of a booking. */
@Schema(name = "BranchKnows")
@JsonInclude(JsonInclude.Include.NON_NULL)
record BranchKnows(
        UUID branchId,
        @Schema(examples = "QS-V-014") String code,
        @Schema(examples = "青石村") String name,

        @Schema(description = "Whether it is a guest, not the host")
        boolean guest,

        @Schema(description = "Whether it was told anything yet: of a hold nobody is")
        boolean told,

        @Schema(
                description = "Whether a message about the booking as it was last told of was taken by one of the "
                        + "branch's endpoints, such as its mail server; its inbox in the service does not count. Ends when "
                        + "the message bounces and no other one has reached the branch")
        boolean reached,

        @Schema(description = "Present when it is not reached because the message bounced: when that became known")
        @Nullable
        Instant bouncedAt,

        @Schema(description = "Whether it has acknowledged the booking as it was last told of it")
        boolean acknowledged,

        @Schema(description = "The newest version it has acknowledged; an earlier one no longer counts", examples = "2")
        @Nullable
        Integer version,

        @Nullable Instant at,

        @Schema(description = "`in-app`, `link`, `calendar` or `organizer`", examples = "in-app") @Nullable
        String channel) {}
