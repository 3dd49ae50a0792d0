package org.lectern.scheduler.booking;

import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** That a slot shall be reserved only, and until when. */
@Schema(name = "HoldRequest")
public record HoldRequest(
        @Schema(
                description = "RFC 3339 with offset; by default as long as the service holds slots usually, "
                        + "and never beyond the start of the lecture",
                examples = "2026-11-25T18:00:00+08:00")
        @Nullable
        OffsetDateTime expiresAt) {}
