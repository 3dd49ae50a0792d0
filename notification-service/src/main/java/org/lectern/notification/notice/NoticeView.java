package org.lectern.notification.notice;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A notice as its branch sees it. */
@Schema(name = "Notice", description = "What a branch is told about one version of one booking or lecture request")
record NoticeView(
        @Schema(examples = "019a1b71-0c44-7d21-9a5e-7b1f3c2e4d02")
        UUID id,

        @Schema(examples = "17", description = "Counts the notices of the branch, without gaps, from 1")
        long sequence,

        @Schema(examples = "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0020")
        UUID branchId,

        @Schema(examples = "confirmed") NoticeKind kind,

        @Schema(examples = "019a1b70-0c44-7d21-9a5e-7b1f3c2e4d01") @Nullable
        UUID bookingId,

        @Schema(description = "The lecture request it is about; then there is no bookingId") @Nullable
        UUID requestId,

        @Schema(description = "The version of the booking or the request", examples = "1")
        int bookingVersion,

        @Schema(examples = "zh-CN") String locale,
        @Schema(examples = "宣讲已确定：乡村振兴政策解读") String title,

        @Schema(examples = "时间：2026年12月1日（星期二）14:00–16:00", description = "Lines of plain text")
        String body,

        @Schema(description = "Whether the lecture began, or was to begin, within 24 hours of the notice (a setting)")
        boolean urgent,

        @Schema(
                examples = "2026-12-01T06:00:00Z",
                description = "When the lecture begins or was to begin; absent when it is about no lecture")
        @Nullable
        Instant start,

        Instant createdAt,

        @Schema(description = "When the branch first marked it as read; absent before") @Nullable
        Instant readAt,

        @Schema(
                description =
                        "The notice that a `reminder`, `asked-again` or `unanswered` repeats; whoever acknowledges "
                                + "either of them acknowledges that one. Behind `unanswered` it is the notice of another branch")
        @Nullable
        UUID repeats,

        @Schema(description = "Absent when none is asked for: the notice is about no lecture") @Nullable
        Asked acknowledgement) {

    /** The state of the requested acknowledgement. */
    @Schema(name = "AcknowledgementAsked")
    record Asked(
            @Schema(
                    description = "`due`, `given`, or `superseded`: never given, and a later notice asks instead",
                    enumeration = {"due", "given", "superseded"})
            String state,

            @Nullable Instant at,

            @Schema(enumeration = {"in-app", "link", "calendar", "organizer"}) @Nullable
            String channel) {}
}
