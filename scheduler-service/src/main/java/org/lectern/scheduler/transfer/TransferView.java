package org.lectern.scheduler.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.scheduler.booking.ChangePreview;
import org.lectern.scheduler.booking.Participants.BranchRef;

/** What moved from one branch to another, or with {@code dryRun} what would move. */
@Schema(name = "Transfer")
@JsonInclude(JsonInclude.Include.NON_NULL)
record TransferView(
        @Schema(description = "Whether all of it is possible; always true without `dryRun`")
        boolean possible,

        @Schema(description = "The bookings that move, by start; at most `lectern.bulk.max-bookings` in one call")
        List<UUID> bookings,

        @Schema(description = "Whether the branch has more bookings to move: repeat the call with a new key")
        boolean more,

        @Schema(description = "The requests that move") List<UUID> requests,

        @Schema(
                description =
                        "Requests that stay: the other branch waits for the topic already, or their booking stays")
        List<UUID> requestsLeft,

        @Schema(description = "The bookings that cannot move, and why; only with `dryRun`")
        List<ChangePreview> impossible,

        @Schema(description = "The notified branches, with the number of lectures")
        List<Notification> notified) {

    /** A branch and what it is notified. */
    @Schema(name = "TransferNotification")
    record Notification(BranchRef branch, int booked, int changed, int cancelled) {}
}
