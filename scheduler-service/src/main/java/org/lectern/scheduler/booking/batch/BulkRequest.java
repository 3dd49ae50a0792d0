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
import org.lectern.scheduler.validation.MaxLength;

/** Applies the change that a preview showed. */
@Schema(name = "BulkRequest")
public record BulkRequest(
        @Schema(description = "Of the preview; it stands for exactly those bookings in exactly those versions") @NotNull
        UUID previewToken,

        @Schema(description = "Told to the branches: no contact data, please", examples = "讲师因病请假")
        @NotBlank
        @MaxLength(500)
        String reason,

        @Schema(description = "What becomes of single bookings instead; replaces the choices of the preview")
        @Size(max = 1000)
        @Nullable
        List<@NotNull @Valid BulkChoice> choices,

        @Schema(description = "Lifts the rules that can be lifted, for all of them; replaces that of the preview")
        @Valid
        @Nullable
        RuleOverride override) {}
