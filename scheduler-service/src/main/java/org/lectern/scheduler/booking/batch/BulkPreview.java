package org.lectern.scheduler.booking.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Paged;
import org.lectern.scheduler.booking.ChangePreview;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;

/** The preview of a bulk change: affected parties, conflicts and alternatives. */
@Schema(name = "BulkPreview")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BulkPreview(
        @Schema(description = "Identifies exactly these bookings in these versions, for a limited time")
        UUID previewToken,

        Instant expiresAt,

        @Schema(description = "Whether the change is possible at the moment")
        boolean possible,

        @Schema(description = "The number of selected bookings", examples = "40")
        int bookings,

        @Schema(
                description =
                        "The number of bookings that would get a new version, so that their branches are " + "notified",
                examples = "38")
        int changing,

        @Schema(description = "The affected hosts and guests; the branch with most lectures comes first")
        List<AffectedBranch> branches,

        @Schema(description = "The part of them on this page, by start")
        List<Item> items,

        @Schema(
                description =
                        "Give it back as `cursor`, with the same body, for the next page; absent on the last page")
        @Nullable
        String nextCursor,

        @Schema(description = "The bookings that stay as they are")
        List<UUID> skipped,

        @Schema(description = "Those of `skipped` for which no substitute was found")
        List<UUID> unplaced,

        @Schema(description = "How many lectures each substitute would take, most first")
        List<Share> shares)
        implements Paged {

    @Override
    public BulkPreview withCursor(String cursor) {
        return new BulkPreview(
                previewToken,
                expiresAt,
                possible,
                bookings,
                changing,
                branches,
                items,
                cursor,
                skipped,
                unplaced,
                shares);
    }

    /** A substitute and the number of lectures proposed. */
    @Schema(name = "BulkShare")
    public record Share(
            LecturerRef lecturer, @Schema(examples = "7") int bookings) {}

    /** A branch and the number of its affected lectures. */
    @Schema(name = "AffectedBranch")
    public record AffectedBranch(BranchRef branch, int bookings) {}

    /** The preview of one booking. */
    @Schema(name = "BulkItem")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Item(
            ChangePreview change,

            @Schema(
                    description =
                            "Others who could take it now, best first: for what would be cancelled, cannot be, or "
                                    + "gets a substitute. They keep every rule and travel, also with all other proposals of "
                                    + "this preview")
            List<LecturerRef> freeLecturers,

            @Schema(
                    description =
                            "What could be booked instead of what cannot be, best first. For every such booking of "
                                    + "the page, or for none when there are more than 20. They do not overlap each other")
            List<BulkAlternative> alternatives) {}
}
