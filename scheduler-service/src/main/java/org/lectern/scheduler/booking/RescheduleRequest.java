package org.lectern.scheduler.booking;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;

/** Another time for a lecture. */
@Schema(name = "RescheduleRequest")
public record RescheduleRequest(
        @Schema(examples = "2026-12-02T09:00:00+08:00") @NotNull
        OffsetDateTime start,

        @Schema(description = "By default as long as before", examples = "2026-12-02T11:00:00+08:00") @Nullable
        OffsetDateTime end,

        @Schema(description = "Told to the branch: no contact data, please", examples = "礼堂检修")
        @NotBlank
        @MaxLength(500)
        String reason,

        @Schema(description = "Lifts the rules that can be lifted; without it they are kept") @Valid @Nullable
        RuleOverride override) {}
