package org.lectern.scheduler.request;

import jakarta.validation.constraints.NotNull;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A period that suits the branch. */
@Schema(name = "RequestWindow")
record Window(
        @Schema(examples = "2026-12-01T08:00:00+08:00") @NotNull
        OffsetDateTime from,

        @Schema(description = "The end of the period", examples = "2026-12-05T18:00:00+08:00") @NotNull
        OffsetDateTime until) {}
