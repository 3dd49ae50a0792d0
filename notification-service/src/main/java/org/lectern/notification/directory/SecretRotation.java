package org.lectern.notification.directory;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How to replace a secret. */
@Schema(name = "SecretRotation")
record SecretRotation(
        @Schema(
                examples = "24",
                minimum = "0",
                maximum = "168",
                defaultValue = "24",
                description = "For how many hours the old secret signs beside the new one; 0: no earlier one signs")
        @Nullable
        Integer overlapHours) {}
