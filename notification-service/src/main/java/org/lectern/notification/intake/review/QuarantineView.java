package org.lectern.notification.intake.review;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.intake.QuarantineState;
import org.lectern.notification.intake.QuarantinedRecord;

/** A quarantined record without its contents. */
@Schema(name = "QuarantinedRecord", description = "A record from Kafka that could not be processed")
record QuarantineView(
        @Schema(examples = "019a1b72-0c44-7d21-9a5e-7b1f3c2e4d03")
        UUID id,

        QuarantineState state,

        @Schema(description = "The reason of the quarantine, or of the last failed replay", examples = "type-unknown")
        String reason,

        @Schema(examples = "lectern.bookings") String topic,
        int partition,
        long offset,

        @Schema(description = "The event type in the headers of the record", examples = "lectern.booking.praised.v1")
        @Nullable
        String type,

        @Schema(description = "The booking, request or branch, from the key of the record") @Nullable
        UUID subjectId,

        @Schema(description = "Its version, from the headers of the record", examples = "2") @Nullable
        Integer subjectVersion,

        @Schema(description = "Whether later versions continue without it")
        boolean skipped,

        Instant quarantinedAt,

        @Schema(description = "The number of actions on it; the ETag", examples = "1")
        int version) {

    static QuarantineView of(QuarantinedRecord record) {
        return new QuarantineView(
                record.id(),
                record.state(),
                record.reason(),
                record.origin().topic(),
                record.origin().partition(),
                record.origin().offset(),
                record.type(),
                record.subject(),
                record.subjectVersion(),
                record.skipped(),
                record.quarantinedAt(),
                record.version());
    }
}
