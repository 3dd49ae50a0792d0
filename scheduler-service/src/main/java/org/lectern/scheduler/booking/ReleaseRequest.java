package org.lectern.scheduler.booking;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;

/** Why a held slot is given up. */
@Schema(name = "ReleaseRequest")
public record ReleaseRequest(
        @Schema(description = "Nobody was told of the hold, so no reason is due", examples = "另选了时间")
        @MaxLength(500)
        @Nullable
        String reason) {}
