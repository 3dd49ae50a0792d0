package org.lectern.scheduler.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;

/** A period in which a lecturer is unavailable: between two instants, or whole days. */
@Schema(name = "Blackout", description = "Either `from` and `until`, or `firstDay` and `lastDay` (both included)")
@JsonInclude(JsonInclude.Include.NON_NULL)
record BlackoutRequest(
        @Schema(examples = "2026-12-05T08:00:00+08:00") @Nullable
        OffsetDateTime from,

        @Schema(description = "Exclusive", examples = "2026-12-05T18:00:00+08:00") @Nullable
        OffsetDateTime until,

        @Schema(examples = "2026-12-20") @Nullable LocalDate firstDay,
        @Schema(examples = "2026-12-24") @Nullable LocalDate lastDay,

        @Schema(
                description = "For the organizers and the lecturer: no refusal names it, and auditors do not read it",
                examples = "省里培训")
        @MaxLength(200)
        @Nullable
        String reason) {

    BlackoutRequest withoutReason() {
        return new BlackoutRequest(from, until, firstDay, lastDay, null);
    }
}
