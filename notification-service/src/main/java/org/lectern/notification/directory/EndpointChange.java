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
                description =
                        "As it was read, to leave it as it is; otherwise a new one. A webhook then has to prove itself anew, the owner of a mailbox to confirm it")
        @Nullable
        String address,

        @Schema(examples = "true", description = "Whether alerts go there; while not, they wait") @Nullable
        Boolean enabled,

        @Schema(maxLength = 200, description = "As for a new endpoint; only together with a new address") @Nullable
        String secret,

        @Schema(examples = "false", description = "As for a new endpoint; left out, it stays as it is") @Nullable
        Boolean fallback,

        @Schema(
                examples = "from the list of mailboxes of 2026",
                maxLength = 500,
                description = "As for a new endpoint: for the new address, or for one that is not confirmed yet. An "
                        + "address that is confirmed stays as it is")
        @Nullable
        String vouchedFor) {

    @Override
    public String toString() {
        return "endpoint change";
    }
}
