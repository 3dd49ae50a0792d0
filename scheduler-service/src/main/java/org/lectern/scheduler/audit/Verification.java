package org.lectern.scheduler.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The result of verifying the whole chain. */
@Schema(name = "AuditVerification")
@JsonInclude(JsonInclude.Include.NON_NULL)
record Verification(
        @Schema(description = "Whether everything is as it was written")
        boolean intact,

        @Schema(description = "How many entries are chained", examples = "35120")
        long sealed,

        @Schema(
                description = "How many were committed a moment ago and wait for their place in the chain",
                examples = "0")
        long waiting,

        @Schema(
                description =
                        "Where the chain ends, `POSITION:HASH`. Keep it, and give it as `anchor` next time: then not "
                                + "even a chain that was computed anew, or lost its end, passes as intact",
                examples = "35120:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String head,

        @Schema(description = "The moment all of this was true at")
        Instant asOf,

        @Schema(description = "The first place where something is wrong") @Nullable
        Break broken) {

    /** The kind of fault. */
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

            @Schema(description = "In the chain; absent for what is not chained", examples = "1711") @Nullable
            Long position,

            @Schema(description = "Of which the entry is, or was") @Nullable
            Kind kind,

            @Nullable String subject,

            @Schema(description = "Which version of the subject the entry tells of") @Nullable
            Integer version,

            @Schema(description = "What it means, in the language of `Accept-Language`")
            String detail) {}
}
