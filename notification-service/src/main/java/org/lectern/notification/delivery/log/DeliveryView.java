package org.lectern.notification.delivery.log;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.delivery.DeliveryState;

/** A delivery as operators see it. */
@Schema(name = "Delivery", description = "One notice over one channel to one endpoint")
record DeliveryView(
        @Schema(examples = "019a1b72-0c44-7d21-9a5e-7b1f3c2e4d03")
        UUID id,

        UUID noticeId,
        UUID branchId,
        @Nullable UUID bookingId,
        @Nullable UUID requestId,
        UUID endpointId,
        @Schema(examples = "email") String channel,

        @Schema(examples = "b***@example.org", description = "Masked; absent once the endpoint is removed") @Nullable
        String address,

        DeliveryState state,

        @Schema(
                examples = "smtp-550",
                description =
                        "Why it is DEAD: `expired`, `exhausted`, `endpoint-removed`, `unsubscribed`, the receiver's answer, or `bounced-` with an enhanced code when a mail came back; why it "
                                + "was not sent when it is SUPERSEDED: `superseded` (a later delivery tells it), "
                                + "`acknowledged` or `answered` (nobody needs to be asked again), or `nothing-to-tell` (booked and cancelled before anybody was told, or changed and changed back)")
        @Nullable
        String reason,

        @Schema(
                enumeration = {"further-changes", "quiet-hours", "digest", "budget", "receiver"},
                description =
                        "What a READY one waits for until `nextAttemptAt`, when it is not a retry by the schedule; "
                                + "`receiver`: the receiver named the time (`Retry-After`)")
        @Nullable
        String waitsFor,

        @Schema(description = "The delivery that tells it instead") @Nullable
        UUID supersededBy,

        @Schema(description = "The delivery that was stuck when this one stepped in") @Nullable
        UUID fallbackFor,

        @Schema(examples = "宣讲已确定：乡村振兴政策解读", description = "What was sent, or is to be sent")
        String title,

        @Schema(examples = "时间：2026年12月1日（星期二）14:00–16:00") String body,

        @Schema(examples = "1") int attemptCount,

        @Schema(description = "When it is due, or was due last")
        Instant nextAttemptAt,

        Instant createdAt,
        @Nullable Instant finishedAt) {}
