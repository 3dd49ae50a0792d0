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

        @Schema(
                description = "The version of the series after the change; with `dryRun` the current version",
                examples = "14")
        int version,

        @Schema(description = "Whether every change is possible; always true without `dryRun`")
        boolean possible,

        @Schema(
                description =
                        "The number of occurrences that get a new version, so that their branches are " + "notified",
                examples = "3")
        int changing,

        @Schema(description = "The occurrences after the change; absent with `dryRun`") @Nullable
        List<BookingView> changed,

        @Schema(description = "The outcome for each occurrence; only with `dryRun`") @Nullable
        List<ChangePreview> preview,

        @Schema(description = "Later occurrences that stay unchanged, with reasons")
        List<SkippedBooking> skipped) {

    /** An occurrence that the change does not affect. */
    @Schema(name = "SkippedBooking")
    public record SkippedBooking(UUID bookingId, OffsetDateTime start, SkipReason reason) {}

    /** SkipReason an occurrence stays unchanged. */
    @Schema(name = "SkipReason")
    public enum SkipReason {
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
