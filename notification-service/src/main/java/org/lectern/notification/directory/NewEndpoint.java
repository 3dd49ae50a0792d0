package org.lectern.notification.directory;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A request to reach a branch at one more place. */
@Schema(
        name = "NewEndpoint",
        requiredProperties = {"channel", "address"})
record NewEndpoint(
        @Schema(examples = "email", description = "`email` is the only channel so far") @Nullable
        String channel,

        @Schema(examples = "branch@example.org", maxLength = 254, description = "Exactly one mailbox, no display name")
        @Nullable
        String address) {

    @Override
    public String toString() {
        return "new endpoint";
    }
}
