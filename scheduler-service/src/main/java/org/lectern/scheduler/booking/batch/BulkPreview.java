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

        @Schema(description = "By start") List<Item> items,

        @Schema(description = "The bookings that stay unchanged because of a choice")
        List<UUID> skipped) {

    /** A branch and the number of its affected lectures. */
    @Schema(name = "AffectedBranch")
    public record AffectedBranch(BranchRef branch, int bookings) {}

    /** The preview of one booking. */
    @Schema(name = "BulkItem")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Item(
            ChangePreview change,

            @Schema(
                    description = "Other lecturers on the topic without a lecture at that time; for a booking that "
                            + "would be cancelled or has a conflict. Their availability is checked only when "
                            + "they are chosen")
            List<LecturerRef> freeLecturers,

            @Schema(
                    description = "Alternatives to a booking that is not possible, best first; for the first such "
                            + "bookings only")
            List<BulkAlternative> alternatives) {}
}
