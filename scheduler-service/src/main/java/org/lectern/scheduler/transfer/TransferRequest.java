package org.lectern.scheduler.transfer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.RuleOverride;
import org.lectern.scheduler.reason.Reason;
import org.lectern.scheduler.reason.ReasonCode;
import org.lectern.scheduler.validation.MaxLength;

/** The branch that takes over, and what stays. */
@Schema(name = "TransferRequest")
record TransferRequest(
        @Schema(description = "The branch that takes over") @NotNull
        UUID toBranchId,

        @Schema(
                description = "Only lectures that begin at this time or later; by default all that have not begun",
                examples = "2027-01-01T00:00:00+08:00")
        @Nullable
        OffsetDateTime from,

        @Schema(description = "Bookings that stay with the first branch") @Size(max = 1000) @Nullable
        Set<@NotNull UUID> leave,

        @Schema(description = "Whether open requests move too; by default they do", defaultValue = "true") @Nullable
        Boolean requests,

        @Schema(description = "Shown to the branches: no contact data, please", examples = "两村合并")
        @NotBlank
        @MaxLength(500)
        String reason,

        @Schema(description = ReasonCode.DESCRIPTION, examples = "organizational") @ReasonCode @Nullable
        String reasonCode,

        @Schema(description = "Overrides the overridable rules for all bookings") @Valid @Nullable
        RuleOverride override) {

    Reason why() {
        return new Reason(reason, reasonCode);
    }

    Set<UUID> left() {
        return leave == null ? Set.of() : leave;
    }

    boolean takesRequests() {
        return !Boolean.FALSE.equals(requests);
    }
}
