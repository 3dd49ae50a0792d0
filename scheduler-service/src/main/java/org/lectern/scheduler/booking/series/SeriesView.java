package org.lectern.scheduler.booking.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.scheduler.booking.BookingView;

/** A series with its occurrences. */
@Schema(name = "Series")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SeriesView(
        UUID id,

        @Schema(
                description = "Rises with every change of the series and of each of its occurrences; the ETag",
                examples = "11")
        int version,

        @Schema(description = "As it was asked for; later changes stand in the occurrences")
        SeriesRequest pattern,

        @Schema(description = "By start; also those that were cancelled or held")
        List<BookingView> occurrences,

        @Schema(description = "Dates that were left out and have not been added since")
        List<LocalDate> missing,

        @Schema(description = "The occurrences that the request added; only in the answer to such a request")
        List<UUID> added,

        @Schema(description = "Dates that were not booked; only in the answer to the request that named them")
        List<PlannedOccurrence> skipped,

        Instant createdAt,
        Instant updatedAt) {}
