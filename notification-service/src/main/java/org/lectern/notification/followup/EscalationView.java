package org.lectern.notification.followup;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An escalation step that was taken because of a missing answer. */
@Schema(name = "Escalation", description = "An escalation step after a missing acknowledgement")
record EscalationView(
        @Schema(examples = "019a1b73-0c44-7d21-9a5e-7b1f3c2e4d05")
        UUID id,

        @Schema(description = "The notice that was not acknowledged")
        UUID noticeId,

        @Schema(description = "The branch; absent for a lecturer") @Nullable
        UUID branchId,

        @Schema(description = "The lecturer; absent for a branch") @Nullable
        UUID lecturerId,

        @Schema(examples = "CN-ZJ-01", description = "The code of the branch or the lecturer")
        String recipientCode,

        @Schema(examples = "青石村", description = "The name of the branch or the lecturer")
        String recipientName,

        UUID bookingId,

        @Schema(description = "The version of the booking in the notice", examples = "2")
        int version,

        @Schema(examples = "宣讲已确定：乡村振兴政策解读") String title,

        @Schema(description = "The start of the lecture") Instant start,

        @Schema(
                description = "`repeat`: the branch itself is notified once more; `parent`: the parent branch; "
                        + "`organizer`: the organizers")
        EscalationLevel step,

        @Schema(
                enumeration = {"no-answer", "lecture-is-near"},
                description = "The cause: the time to answer was over, or the lecture was near")
        String reason,

        Instant at,

        @Schema(description = "The notified branch; absent when there was none") @Nullable
        UUID notifiedBranchId,

        @Schema(description = "The notice to that branch; its deliveries show the result") @Nullable
        UUID sentNoticeId,

        @Schema(description = "The number of endpoints", examples = "2")
        int endpoints,

        @Schema(description = "Whether an answer is still missing: not acknowledged, not superseded, not over")
        boolean open) {}
