package org.lectern.notification.directory.history;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The state of an endpoint in its history: enough to see changes, not enough to send to it.
 *
 * @param address masked, as auditors see it
 */
@Schema(name = "EndpointState", description = "An endpoint before or after a change")
public record EndpointState(
        @Schema(examples = "b***@example.org", description = "Masked for everyone")
        String address,

        @Schema(description = "Whether alerts go there") boolean enabled,

        @Schema(description = "Whether its receiver has yet to prove itself, or its owner to confirm it")
        boolean pending,

        @Schema(description = "Whether it only steps in when nothing else reaches the branch")
        boolean fallback,

        @Schema(description = "Whether an organizer vouches for the address")
        boolean vouched,

        @Schema(description = "Whether digests go there; `false` after somebody there has unsubscribed")
        boolean digests) {}
