package org.lectern.scheduler.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.BookingStatus;

/** Something a search found. */
@Schema(name = "SearchHit")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SearchHit(
        Kind kind,
        UUID id,

        @Schema(description = "Absent for bookings", examples = "QS-V-014") @Nullable
        String code,

        @Schema(description = "Of a booking its topic", examples = "青石村")
        String name,

        @Schema(
                description =
                        "Tells it from others of the same name: the tier of a lecturer, the branch above a branch, "
                                + "the address of a venue; of a booking lecturer, host and venue",
                examples = "青山县")
        @Nullable
        String detail,

        boolean archived,

        @Schema(description = "Only for bookings") @Nullable BookingStatus status,

        @Schema(description = "Only for bookings", examples = "2026-12-01T14:00:00+08:00") @Nullable
        OffsetDateTime start,

        @Nullable OffsetDateTime end) {

    /** What can be found, in the order of equally good hits. */
    @Schema(name = "SearchKind")
    enum Kind {
        BRANCH,
        LECTURER,
        VENUE,
        TOPIC,
        BOOKING
    }

    /** All hits, the best first. */
    @Schema(name = "SearchHits")
    record Found(List<SearchHit> items) {}
}
