package org.lectern.scheduler.booking.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.scheduler.booking.ChangePreview;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;

/** The preview of a bulk change: affected parties, conflicts and alternatives. */
@Schema(name = "BulkPreview")
public record BulkPreview(
        @Schema(description = "Stands for exactly these bookings in exactly these versions; apply it while it lasts")
        UUID previewToken,

        Instant expiresAt,

        @Schema(description = "Whether the change could be made as it is now")
        boolean possible,

        @Schema(description = "How many bookings are selected", examples = "40")
        int bookings,

        @Schema(description = "How many of them would get a new version, and their branches an alert", examples = "38")
        int changing,

        @Schema(description = "The hosts and guests affected, those with most lectures first")
        List<AffectedBranch> branches,

        @Schema(description = "By start") List<Item> items,

        @Schema(description = "The bookings that a choice leaves as they are")
        List<UUID> leftAlone) {

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
                            "Others on the topic who have no lecture at that time; for what would be cancelled or "
                                    + "cannot be. The rules of their working time are looked at only when they are chosen")
            List<LecturerRef> freeLecturers,

            @Schema(description = "What could be booked instead of what cannot be, best first; for the first ones only")
            List<BulkAlternative> alternatives) {}
}
