package org.lectern.scheduler.booking;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A branch that joins the lecture of another. */
@Schema(name = "GuestRequest")
public record GuestRequest(
        @NotNull UUID branchId,

        @Schema(description = "How many it sends; counts against the venue's capacity", examples = "20")
        @Min(0)
        @Max(100_000)
        @Nullable
        Integer expectedHeadCount) {}
