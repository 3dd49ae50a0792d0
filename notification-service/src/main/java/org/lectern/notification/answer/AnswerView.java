package org.lectern.notification.answer;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An answer as organizers and its branch see it. */
@Schema(name = "CalendarAnswer", description = "The answer of a branch from its calendar")
record AnswerView(
        @Schema(examples = "019a1b73-0c44-7d21-9a5e-7b1f3c2e4d05")
        UUID id,

        @Schema(description = "The notice that it answers") UUID noticeId,

        @Schema(description = "The branch; absent for a lecturer") @Nullable
        UUID branchId,

        @Schema(description = "The lecturer; absent for a branch") @Nullable
        UUID lecturerId,

        @Schema(examples = "CN-ZJ-01", description = "The code of the branch or the lecturer")
        String recipientCode,

        @Schema(examples = "青石村", description = "The name of the branch or the lecturer")
        String recipientName,

        UUID bookingId,

        @Schema(description = "The version of the booking that it answers", examples = "2")
        int version,

        @Schema(examples = "宣讲已确定：乡村振兴政策解读") String title,

        @Schema(description = "The start of the lecture in that version")
        Instant start,

        @Schema(
                description = "`accepted` acknowledges the notice; `tentative` changes nothing; `declined`: the branch "
                        + "cannot take part; `counter`: it proposes another time")
        AnswerKind kind,

        @Schema(description = "The time that a `counter` proposes; absent if it names none") @Nullable
        Instant proposedStart,

        @Nullable Instant proposedEnd,

        @Schema(description = "The comment of the person", examples = "当天下午村里有集市，上午可以吗？") @Nullable
        String comment,

        Instant at,

        @Schema(
                description = "Whether a later version had been announced to the branch, or the lecture was "
                        + "over; the answer then has no effect")
        boolean outdated,

        @Schema(
                description = "Whether it waits for the organizers: the newest answer about the newest version, "
                        + "not acknowledged and not over")
        boolean open,

        @Schema(description = "The organizers' branch, if it was notified") @Nullable
        UUID notifiedBranchId,

        @Nullable UUID sentNoticeId) {}
