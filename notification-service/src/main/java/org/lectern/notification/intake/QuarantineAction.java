package org.lectern.notification.intake;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An action on a quarantined record: who, what, when and why. Immutable. */
@Schema(name = "QuarantineAction")
public record QuarantineAction(
        Kind action,

        @Schema(
                description = "APPLIED: processed. HELD: waits for an earlier version or a branch. REPEAT: was "
                        + "processed before. REFUSED: still cannot be processed. DISCARDED: given up. "
                        + "SKIPPED: given up, and later versions continue.")
        Outcome outcome,

        @Schema(description = "Why it could not be processed", examples = "type-unknown") @Nullable
        String failureReason,

        @Schema(description = "The subject of the token", examples = "operator")
        String actor,

        @Schema(examples = "Fixed in release 2.4") String reason,

        Instant at) {

    @Schema(name = "QuarantineDecision")
    public enum Kind {
        REPLAY,
        DISCARD
    }

    @Schema(name = "QuarantineOutcome")
    public enum Outcome {
        APPLIED,
        HELD,
        REPEAT,
        REFUSED,
        DISCARDED,
        SKIPPED
    }
}
