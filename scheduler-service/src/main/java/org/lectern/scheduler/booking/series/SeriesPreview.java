package org.lectern.scheduler.booking.series;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The preview of a series; nothing is stored. */
@Schema(name = "SeriesPreview")
public record SeriesPreview(
        @Schema(examples = "Asia/Shanghai") String zone,

        @Schema(description = "How many dates are free, of those not left out", examples = "9")
        int free,

        @Schema(description = "How many clash or break rules", examples = "1")
        int prevented,

        @Schema(description = "Whether the same request would be accepted now")
        boolean bookable,

        @Schema(
                description = "Years of these dates whose public holidays are not announced yet: no rule could speak "
                        + "against a holiday there",
                examples = "[2027]")
        List<Integer> yearsNotAnnounced,

        List<PlannedOccurrence> occurrences) {}
