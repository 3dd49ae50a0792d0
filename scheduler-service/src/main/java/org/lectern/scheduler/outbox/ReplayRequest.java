package org.lectern.scheduler.outbox;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;

/** The events to replay, and the reason. */
@Schema(name = "ReplayRequest")
record ReplayRequest(
        @Schema(description = "The booking, branch or request of the events; without it, the events of " + "a range")
        @Nullable
        UUID aggregateId,

        @Schema(description = "The first version of the aggregate to send; by default all", examples = "1")
        @Min(1)
        @Nullable
        Integer fromVersion,

        @Schema(
                description = "Only events written at or after this time (RFC 3339 with offset)",
                examples = "2026-11-20T00:00:00+08:00")
        @Nullable
        OffsetDateTime from,

        @Schema(
                description = "Only events written before this time; by default now",
                examples = "2026-11-21T00:00:00+08:00")
        @Nullable
        OffsetDateTime to,

        @Schema(description = "Only those of this topic", examples = "lectern.bookings") @MaxLength(100) @Nullable
        String topic,

        @Schema(description = "Kept with the replay", examples = "通知服务数据库从备份恢复") @NotBlank @MaxLength(500)
        String reason) {}
