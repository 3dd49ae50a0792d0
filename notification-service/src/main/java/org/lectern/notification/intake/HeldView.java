package org.lectern.notification.intake;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A booking or request with held events, and the cause of the hold. */
@Schema(name = "Held", description = "A booking or a lecture request of which events wait for something")
public record HeldView(
        @Nullable UUID bookingId,
        @Nullable UUID requestId,

        @Schema(description = "The last version that took effect; 0 for none", examples = "1")
        int seenVersion,

        @Schema(description = "The version that is missing", examples = "2") @Nullable
        Integer waitsForVersion,

        @Schema(
                description = "The branch the directory has not heard of, when no version is missing. With neither of"
                        + " the two it goes on within moments.")
        @Nullable
        UUID waitsForBranchId,

        @Schema(description = "How many events wait", examples = "1")
        int held,

        @Schema(examples = "3") int lowestHeldVersion,
        @Schema(examples = "3") int highestHeldVersion,
        Instant since,

        @Schema(description = "The record set aside that is the missing version: replay or discard it") @Nullable
        UUID quarantineId) {}
