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
                description =
                        "The number of hours in which the former secret signs as well; 0 ends all former " + "secrets")
        @Nullable
        Integer overlapHours) {}
