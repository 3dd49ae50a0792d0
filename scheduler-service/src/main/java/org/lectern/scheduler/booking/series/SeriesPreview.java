package org.lectern.scheduler.booking.series;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The preview of a series; nothing is stored. */
@Schema(name = "SeriesPreview")
public record SeriesPreview(
        @Schema(examples = "Asia/Shanghai") String zone,

        @Schema(description = "The number of free dates, without skipped ones", examples = "9")
        int free,

        @Schema(description = "The number of dates that cannot be booked, without skipped ones", examples = "1")
        int unavailable,

        @Schema(description = "Whether the same request would be accepted now")
        boolean bookable,

        @Schema(
                description = "Years without announced public holidays; no holiday rule applies there",
                examples = "[2027]")
        List<Integer> yearsNotAnnounced,

        List<PlannedOccurrence> occurrences) {}
