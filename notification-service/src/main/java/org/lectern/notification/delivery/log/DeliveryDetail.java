package org.lectern.notification.delivery.log;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.delivery.DeliveryState;

/** A delivery with its attempts. */
@Schema(name = "DeliveryDetail", description = "A delivery with its attempts, oldest first")
record DeliveryDetail(
        @JsonUnwrapped DeliveryView delivery, List<Attempt> attempts, List<Resend> resends, List<Report> reports) {

    /** A mail server's report about a mail after it accepted it. */
    @Schema(name = "DeliveryReport")
    record Report(
            Instant at,

            @Schema(
                    description = "`failed`: the mail bounced; `delayed`: the server still tries; `relayed`: the "
                            + "mail arrived, or left the reporting domain")
            DeliveryReports.Action action,

            @Schema(examples = "5.1.1", description = "RFC 3463")
            String status) {}

    /** A manual resend. */
    @Schema(name = "DeliveryResend")
    record Resend(
            Instant at,

            @Schema(examples = "operator-li", description = "The subject of the caller's token")
            String actor,

            @Schema(examples = "The branch has repaired its receiver")
            String reason,

            DeliveryState stateBefore,

            @Schema(examples = "exhausted", description = "The reason of the DEAD state") @Nullable
            String reasonBefore,

            @Schema(examples = "12", description = "The number of attempts before")
            int attemptsBefore) {}

    /** One attempt. */
    @Schema(name = "DeliveryAttempt")
    record Attempt(
            @Schema(examples = "1") int number,
            Instant startedAt,

            @Schema(examples = "84", description = "Absent while it is in progress, and when its process died")
            @Nullable
            Long durationMillis,

            @Schema(enumeration = {"DELIVERED", "RETRY", "FAILED"}) @Nullable
            String outcome,

            @Schema(examples = "smtp-250", description = "The receiver's answer as a code") @Nullable
            String answer) {}
}
