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
                description = "Events that Kafka has not acknowledged; above some thousands an estimate",
                examples = "0")
        long unpublished,

        @Schema(description = "How long the oldest of them has waited", examples = "0.0")
        double oldestUnpublishedSeconds,

        @Schema(
                description = "Those that Kafka would not have at the last attempt, at most 100; each keeps back the "
                        + "later events of its aggregate only, and is tried again by itself")
        List<PutOff> putOff) {

    /** An event that Kafka refused. */
    @Schema(name = "PutOffEvent")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PutOff(
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
