package org.lectern.notification.intake.review;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The reason to replay a record. */
@Schema(
        name = "ReplayDecision",
        requiredProperties = {"reason"})
record ReplayDecision(
        @Schema(examples = "Release 2.4 understands this type", minLength = 1, maxLength = 500) @Nullable
        String reason) {}
