package org.lectern.notification.delivery.log;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.delivery.DeliveryState;

/** A delivery, with a masked address. */
@Schema(name = "Delivery", description = "One notice on one channel to one endpoint")
record DeliveryView(
        @Schema(examples = "019a1b72-0c44-7d21-9a5e-7b1f3c2e4d03")
        UUID id,

        UUID noticeId,

        @Schema(description = "The branch; absent for a lecturer") @Nullable
        UUID branchId,

        @Schema(description = "The lecturer; absent for a branch") @Nullable
        UUID lecturerId,

        @Nullable UUID bookingId,
        @Nullable UUID requestId,
        UUID endpointId,
        @Schema(examples = "email") String channel,

        @Schema(examples = "b***@example.org", description = "Masked; absent once the endpoint is removed") @Nullable
        String address,

        DeliveryState state,

        @Schema(
                examples = "smtp-550",
                description = "DEAD: `expired`, `exhausted`, `endpoint-removed`, `unsubscribed`, the receiver's "
                        + "answer, or `bounced-` with an enhanced status code. SUPERSEDED: `superseded` (a "
                        + "later delivery includes it), `acknowledged` or `answered` (no further request is "
                        + "needed), or `nothing-to-tell` (the changes cancel out)")
        @Nullable
        String reason,

        @Schema(
                enumeration = {"further-changes", "quiet-hours", "digest", "budget", "receiver"},
                description = "The reason why a READY delivery waits until `nextAttemptAt`, unless it is a "
                        + "scheduled retry; `receiver`: the receiver named the time (`Retry-After`)")
        @Nullable
        String waitsFor,

        @Schema(description = "The delivery that includes it") @Nullable
        UUID supersededBy,

        @Schema(description = "The delivery for which this one is the fallback") @Nullable
        UUID fallbackFor,

        @Schema(examples = "宣讲已确定：乡村振兴政策解读", description = "The text that was sent or will be sent")
        String title,

        @Schema(examples = "时间：2026年12月1日（星期二）14:00–16:00") String body,

        @Schema(examples = "1") int attemptCount,

        @Schema(description = "The time at which it is or was due")
        Instant nextAttemptAt,

        Instant createdAt,
        @Nullable Instant finishedAt) {}
