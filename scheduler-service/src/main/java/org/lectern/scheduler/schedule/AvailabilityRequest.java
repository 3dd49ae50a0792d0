package org.lectern.scheduler.schedule;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;

/** The availability of a lecturer as sent by an organizer. */
@Schema(name = "AvailabilityRequest")
record AvailabilityRequest(
        @Schema(description = "IANA time zone of the windows, dates and limits", examples = "Asia/Shanghai")
        @MaxLength(60)
        @Nullable
        String zone,

        @Schema(description = "Empty: the configured default hours. Touching windows are merged.")
        @Size(max = 100)
        @Nullable
        List<@NotNull @Valid WeeklyWindowRequest> weekly,

        @Size(max = 200) @Nullable List<@NotNull @Valid DateWindows> exceptions,

        @Size(max = 200) @Nullable List<@NotNull @Valid BlackoutRequest> blackouts,

        @Valid @Nullable LimitsRequest limits) {}
