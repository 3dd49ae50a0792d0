package org.lectern.scheduler.schedule;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;

/** The opening hours of a venue as sent by an organizer. */
@Schema(name = "OpeningHoursRequest")
record OpeningHoursRequest(
        @Schema(description = "IANA time zone of the windows and dates", examples = "Asia/Shanghai")
        @MaxLength(60)
        @Nullable
        String zone,

        @Schema(description = "Empty: always open. Touching windows are merged.") @Size(max = 100) @Nullable
        List<@NotNull @Valid WeeklyWindowRequest> weekly,

        @Size(max = 200) @Nullable List<@NotNull @Valid DateWindows> exceptions) {}
