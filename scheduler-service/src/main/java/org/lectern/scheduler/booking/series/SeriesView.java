package org.lectern.scheduler.booking.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.http.Derived;
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

        @Schema(description = "The pattern as requested; later changes are shown by the occurrences")
        SeriesRequest pattern,

        @Schema(description = "By start, including cancelled and completed occurrences")
        List<BookingView> occurrences,

        @Schema(description = "Dates that were left out and have not been added since")
        List<LocalDate> missing,

        @Schema(description = "The occurrences that the request added; only in the answer to such a request")
        List<UUID> added,

        @Schema(description = "Dates that were not booked; only in the response to the creation of the series")
        List<PlannedOccurrence> skipped,

        Instant createdAt,
        Instant updatedAt)
        implements Derived {}
