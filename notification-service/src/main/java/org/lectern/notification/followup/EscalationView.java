package org.lectern.notification.followup;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An escalation step that was taken because of a missing answer. */
@Schema(name = "Escalation", description = "A step that was taken because a branch had not acknowledged a notice")
record EscalationView(
        @Schema(examples = "019a1b73-0c44-7d21-9a5e-7b1f3c2e4d05")
        UUID id,

        @Schema(description = "The notice that was not acknowledged")
        UUID noticeId,

        UUID branchId,
        @Schema(examples = "CN-ZJ-01") String branchCode,
        @Schema(examples = "青石村") String branchName,
        UUID bookingId,

        @Schema(description = "The version of the booking that the notice told of", examples = "2")
        int version,

        @Schema(examples = "宣讲已确定：乡村振兴政策解读") String title,

        @Schema(description = "When the lecture begins") Instant start,

        @Schema(
                description = "`again`: the branch itself was told once more; `parent`: the branch above it; "
                        + "`organizer`: the organizers")
        EscalationLevel step,

        @Schema(
                enumeration = {"no-answer", "lecture-is-near"},
                description = "Whether the time to answer was over, or the lecture had come near")
        String reason,

        Instant at,

        @Schema(description = "The branch that was told; absent when there was none, or the step needs none") @Nullable
        UUID toldBranchId,

        @Schema(description = "What it was told; the log of deliveries says what became of it") @Nullable
        UUID toldNoticeId,

        @Schema(description = "To how many endpoints it went", examples = "2")
        int endpoints,

        @Schema(description = "Whether an answer is still waited for: not acknowledged, not superseded, not over")
        boolean open) {}
