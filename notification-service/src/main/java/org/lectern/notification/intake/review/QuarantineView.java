package org.lectern.notification.intake.review;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.intake.QuarantineState;
import org.lectern.notification.intake.QuarantinedRecord;

/** A quarantined record without its contents. */
@Schema(name = "QuarantinedRecord", description = "A record from Kafka that could not be taken in")
record QuarantineView(
        @Schema(examples = "019a1b72-0c44-7d21-9a5e-7b1f3c2e4d03")
        UUID id,

        QuarantineState state,

        @Schema(description = "Why it was set aside, or could not be replayed last", examples = "type-unknown")
        String reason,

        @Schema(examples = "lectern.bookings") String topic,
        int partition,
        long offset,

        @Schema(description = "What the record calls itself", examples = "lectern.booking.praised.v1") @Nullable
        String type,

        @Schema(description = "The booking, request or branch it is about, by its key") @Nullable
        UUID subjectId,

        @Schema(description = "Which version of it, by its headers", examples = "2") @Nullable
        Integer subjectVersion,

        @Schema(description = "Whether later versions go on without it")
        boolean skipped,

        Instant quarantinedAt,

        @Schema(description = "Counts what was done with it; the ETag", examples = "1")
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
