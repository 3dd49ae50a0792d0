package org.lectern.notification.intake;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An act on a quarantined record: who, what, when and why. Immutable. */
@Schema(name = "QuarantineAct")
public record QuarantineAct(
        Kind act,

        @Schema(
                description = "APPLIED: it took effect. HELD: it waits for an earlier version or its branch. REPEAT: it"
                        + " had been taken in before. REFUSED: it still cannot be taken in. DISCARDED, SKIPPED: done"
                        + " without; the latter also lets later versions go on.")
        Outcome outcome,

        @Schema(description = "Why it could not be taken in", examples = "type-unknown") @Nullable
        String refusedFor,

        @Schema(description = "The subject of the token", examples = "operator")
        String actor,

        @Schema(examples = "Fixed in release 2.4") String reason,

        Instant at) {

    public enum Kind {
        REPLAY,
        DISCARD
    }

    public enum Outcome {
        APPLIED,
        HELD,
        REPEAT,
        REFUSED,
        DISCARDED,
        SKIPPED
    }
}
