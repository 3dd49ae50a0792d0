package org.lectern.scheduler.booking.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.ChangePreview;

/** The result, or the preview, of a series change. */
@Schema(name = "SeriesChangeResult")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SeriesChangeView(
        UUID seriesId,

        @Schema(description = "The series' version after the change; with `dryRun` the present one", examples = "14")
        int version,

        @Schema(description = "Whether every change is possible; always true without `dryRun`")
        boolean possible,

        @Schema(description = "How many occurrences get a new version, and their branches an alert", examples = "3")
        int changing,

        @Schema(description = "The occurrences after the change; absent with `dryRun`") @Nullable
        List<BookingView> changed,

        @Schema(description = "What would become of each; only with `dryRun`") @Nullable
        List<ChangePreview> preview,

        @Schema(description = "Occurrences from there on that stay as they are, and why")
        List<LeftAlone> leftAlone) {

    /** An occurrence that the change does not affect. */
    @Schema(name = "LeftAlone")
    public record LeftAlone(UUID bookingId, OffsetDateTime start, Why why) {}

    /** Why an occurrence stays unchanged. */
    @Schema(name = "LeftAloneBecause")
    public enum Why {
        /** It has already begun. */
        PAST,
        /** It was cancelled, completed or released, or has expired. */
        NOT_ACTIVE,
        /** It was changed individually. */
        DETACHED,
        /** It already has these values. */
        UNCHANGED
    }
}
