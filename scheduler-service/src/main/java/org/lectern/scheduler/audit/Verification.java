package org.lectern.scheduler.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The result of verifying the whole chain. */
@Schema(name = "AuditVerification")
@JsonInclude(JsonInclude.Include.NON_NULL)
record Verification(
        @Schema(description = "Whether the chain is intact") boolean intact,

        @Schema(description = "How many entries are chained", examples = "35120")
        long sealed,

        @Schema(description = "The number of committed entries that are not chained yet", examples = "0")
        long waiting,

        @Schema(
                description = "The end of the chain, `POSITION:HASH`. Keep it and send it as `anchor` next "
                        + "time. A chain that was recomputed or cut short then no longer verifies",
                examples = "35120:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String head,

        @Schema(description = "The moment of this state") Instant asOf,

        @Schema(description = "The first position where the chain is broken") @Nullable
        Break broken) {

    /** The kind of fault. */
    @Schema(name = "AuditFault")
    enum Fault {
        /** The hash does not match the entry and the previous hash: one of them was changed. */
        CHANGED,

        /** An entry is missing. */
        ENTRY_MISSING,

        /** A link of the chain is missing. */
        SEAL_MISSING,

        /** The end of the chain is not the last recorded head. */
        HEAD_CHANGED,

        /** The chain does not contain the anchor: it was rewritten or truncated. */
        ANCHOR_MISSED,

        /** An entry was not written by the service. */
        ENTRY_FOREIGN
    }

    /** The position of the first fault. */
    @Schema(name = "AuditBreak")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Break(
            Fault fault,

            @Schema(
                    description = "The position in the chain; absent for an entry that is not chained yet",
                    examples = "1711")
            @Nullable
            Long position,

            @Schema(description = "The position of the entry") @Nullable
            Kind kind,

            @Nullable String subject,

            @Schema(description = "The version of the subject") @Nullable
            Integer version,

            @Schema(description = "An explanation in the language of `Accept-Language`")
            String detail) {}
}
