package org.lectern.notification.intake.review;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why a record is to be done without, and whether what waits behind it may go on. */
@Schema(
        name = "DiscardDecision",
        requiredProperties = {"reason"})
record DiscardDecision(
        @Schema(examples = "Sent by a load test", minLength = 1, maxLength = 500) @Nullable
        String reason,

        @Schema(
                defaultValue = "false",
                description = "Whether later versions of the same booking or request go on without this one. If not,"
                        + " they stay held: branches would be told a story with a hole in it.")
        @Nullable
        Boolean skipVersion) {}
