package org.lectern.notification.intake;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A booking or request with held events, and the cause of the hold. */
@Schema(name = "HeldEvents", description = "A booking or lecture request with held events")
public record HeldView(
        @Nullable UUID bookingId,
        @Nullable UUID requestId,

        @Schema(description = "The last version that was applied; 0 for none", examples = "1")
        int appliedVersion,

        @Schema(description = "The version that is missing", examples = "2") @Nullable
        Integer waitsForVersion,

        @Schema(
                description = "The unknown branch, when no version is missing. Without a missing version and "
                        + "branch, processing continues within moments.")
        @Nullable
        UUID waitsForBranchId,

        @Schema(description = "The number of held events", examples = "1")
        int held,

        @Schema(examples = "3") int lowestHeldVersion,
        @Schema(examples = "3") int highestHeldVersion,
        Instant since,

        @Schema(description = "The quarantined record with the missing version: replay or discard it") @Nullable
        UUID quarantineId) {}
