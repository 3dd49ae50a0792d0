package org.lectern.notification.notice;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A notice as its branch sees it. */
@Schema(
        name = "Notice",
        description = "The message to a branch or a lecturer about one version of a booking or lecture request")
record NoticeView(
        @Schema(examples = "019a1b71-0c44-7d21-9a5e-7b1f3c2e4d02")
        UUID id,

        @Schema(examples = "17", description = "Counts the notices of the recipient, without gaps, from 1")
        long sequence,

        @Schema(
                examples = "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0020",
                description = "The branch that receives it; absent in the inbox of a lecturer")
        @Nullable
        UUID branchId,

        @Schema(description = "The lecturer who receives it; absent in the inbox of a branch") @Nullable
        UUID lecturerId,

        @Schema(examples = "confirmed") NoticeKind kind,

        @Schema(examples = "019a1b70-0c44-7d21-9a5e-7b1f3c2e4d01") @Nullable
        UUID bookingId,

        @Schema(description = "The lecture request; then there is no bookingId") @Nullable
        UUID requestId,

        @Schema(description = "The version of the booking or the request", examples = "1")
        int bookingVersion,

        @Schema(examples = "zh-CN") String locale,
        @Schema(examples = "宣讲已确定：乡村振兴政策解读") String title,

        @Schema(examples = "时间：2026年12月1日（星期二）14:00–16:00", description = "Lines of plain text")
        String body,

        @Schema(description = "Whether the start of the lecture was within 24 hours of the notice (a setting)")
        boolean urgent,

        @Schema(examples = "2026-12-01T06:00:00Z", description = "The start of the lecture; absent without a lecture")
        @Nullable
        Instant start,

        Instant createdAt,

        @Schema(description = "The time at which the branch first marked it as read") @Nullable
        Instant readAt,

        @Schema(
                description = "The notice that a `reminder`, `acknowledgement-overdue` or `escalated` repeats; "
                        + "an acknowledgement of either counts for that notice. For `escalated` it is a "
                        + "notice of another branch")
        @Nullable
        UUID repeats,

        @Schema(description = "Absent when no acknowledgement is needed, because the notice is about no lecture")
        @Nullable
        AcknowledgementState acknowledgement) {

    /** The state of the requested acknowledgement. */
    @Schema(name = "NoticeAcknowledgement")
    record AcknowledgementState(
            @Schema(
                    description = "`due`, `given`, or `superseded`: not given, and a later notice replaces it",
                    enumeration = {"due", "given", "superseded"})
            String state,

            @Nullable Instant at,

            @Schema(enumeration = {"in-app", "link", "calendar", "organizer"}) @Nullable
            String channel) {}
}
