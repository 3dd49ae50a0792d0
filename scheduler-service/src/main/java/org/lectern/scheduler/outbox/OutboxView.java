package org.lectern.scheduler.outbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The backlog of the outbox. */
@Schema(name = "Outbox")
record OutboxView(
        @Schema(
                description = "Events that Kafka has not acknowledged; an estimate above some thousands",
                examples = "0")
        long unpublished,

        @Schema(description = "The age of the oldest of them", examples = "0.0")
        double oldestUnpublishedSeconds,

        @Schema(
                description = "The events that Kafka rejected at the last attempt, at most 100. Each delays "
                        + "only later events of its aggregate and is retried automatically")
        List<Rejected> rejected) {

    /** An event that Kafka refused. */
    @Schema(name = "RejectedEvent")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rejected(
            UUID id,
            UUID aggregateId,
            @Schema(examples = "3") int version,
            @Schema(examples = "lectern.bookings") String topic,

            @Schema(examples = "lectern.booking.confirmed.v1")
            String type,

            Instant writtenAt,
            @Schema(examples = "4") int failures,

            @Schema(examples = "RecordTooLargeException") @Nullable
            String lastFailure,

            @Nullable Instant nextAttemptAt) {}
}
