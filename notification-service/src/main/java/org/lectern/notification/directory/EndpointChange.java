package org.lectern.notification.directory;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The complete new state of an endpoint. */
@Schema(
        name = "EndpointChange",
        requiredProperties = {"address", "enabled"})
record EndpointChange(
        @Schema(
                examples = "branch@example.org",
                maxLength = 2048,
                description = "The address as read, to keep it, or a new one. A new webhook must be verified, a "
                        + "new mailbox confirmed")
        @Nullable
        String address,

        @Schema(examples = "true", description = "Whether notices are sent there; otherwise they wait") @Nullable
        Boolean enabled,

        @Schema(maxLength = 200, description = "As for a new endpoint; only together with a new address") @Nullable
        String secret,

        @Schema(examples = "false", description = "As for a new endpoint; unchanged if left out") @Nullable
        Boolean fallback,

        @Schema(
                examples = "from the list of mailboxes of 2026",
                maxLength = 500,
                description = "As for a new endpoint: for a new or unconfirmed address. A confirmed address "
                        + "stays confirmed")
        @Nullable
        String vouchedFor) {

    @Override
    public String toString() {
        return "endpoint change";
    }
}
