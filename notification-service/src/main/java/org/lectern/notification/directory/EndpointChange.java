package org.lectern.notification.directory;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The whole changeable state of an endpoint, as it shall be. */
@Schema(
        name = "EndpointChange",
        requiredProperties = {"address", "enabled"})
record EndpointChange(
        @Schema(examples = "branch@example.org", maxLength = 254) @Nullable
        String address,

        @Schema(examples = "true", description = "Whether alerts go there; while not, they wait") @Nullable
        Boolean enabled) {

    @Override
    public String toString() {
        return "endpoint change";
    }
}
