package org.lectern.scheduler.booking.batch;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.RuleOverride;
import org.lectern.scheduler.reason.Reason;
import org.lectern.scheduler.reason.ReasonCode;
import org.lectern.scheduler.validation.MaxLength;

/** Applies the change that a preview showed. */
@Schema(name = "BulkRequest")
public record BulkRequest(
        @Schema(description = "The token of the preview; it identifies exactly these bookings in these versions")
        @NotNull
        UUID previewToken,

        @Schema(description = "Shown to the branches: no contact data, please", examples = "讲师因病请假")
        @NotBlank
        @MaxLength(500)
        String reason,

        @Schema(description = ReasonCode.DESCRIPTION, examples = "lecturer-ill") @ReasonCode @Nullable
        String reasonCode,

        @Schema(description = "Other actions for single bookings; replaces the choices of the preview")
        @Size(max = 1000)
        @Nullable
        List<@NotNull @Valid BulkChoice> choices,

        @Schema(
                description =
                        "Overrides the overridable rules for all bookings; replaces the override of the " + "preview")
        @Valid
        @Nullable
        RuleOverride override) {

    Reason why() {
        return new Reason(reason, reasonCode);
    }
}
