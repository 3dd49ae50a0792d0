package org.lectern.scheduler.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a look at the whole chain has found. */
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

    /** What is wrong. */
    enum Fault {
        /** The hash does not follow from the entry and the hash before: one of them was changed. */
        CHANGED,

        /** An entry that was written is gone. */
        ENTRY_MISSING,

        /** A link of the chain is gone. */
        SEAL_MISSING,

        /** The end of the chain is not the one that was written down last. */
        HEAD_CHANGED,

        /** The chain never went through the anchor: it was written anew, or its end was cut off. */
        ANCHOR_MISSED,

        /** An entry came in by another way than the service's. */
        ENTRY_FOREIGN
    }

    /** The first place where something is wrong. */
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
