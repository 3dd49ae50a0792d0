package org.lectern.scheduler.booking;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A branch that joins a lecture that is booked already. */
@Schema(name = "JoinRequest")
public record JoinRequest(
        @NotNull UUID branchId,

        @Schema(description = "How many it sends; counts against the venue's capacity", examples = "20")
        @Min(0)
        @Max(100_000)
        @Nullable
        Integer expectedHeadCount,

        @Schema(description = "Lifts the limit of the venue's capacity") @Valid @Nullable
        RuleOverride override) {}
