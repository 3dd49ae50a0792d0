package org.lectern.notification.delivery.log;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A request to resend a delivery. */
@Schema(name = "ResendRequest", requiredProperties = "reason")
record ResendRequest(
        @Schema(
                examples = "The branch has repaired its receiver",
                minLength = 1,
                maxLength = 500,
                description = "Stored with your name")
        @Nullable
        String reason,

        @Schema(
                examples = "false",
                description = "Whether it is sent although a newer notice of the same booking was delivered " + "there")
        @Nullable
        Boolean allowOutdated) {}
