package org.lectern.notification.intake.review;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The reason to discard a record, and whether to skip its version for those behind it. */
@Schema(
        name = "DiscardDecision",
        requiredProperties = {"reason"})
record DiscardDecision(
        @Schema(examples = "Sent by a load test", minLength = 1, maxLength = 500) @Nullable
        String reason,

        @Schema(
                defaultValue = "false",
                description = "Whether later versions of the same booking or request continue without this one. "
                        + "If not, they stay held, so that branches do not miss a change.")
        @Nullable
        Boolean skipVersion) {}
