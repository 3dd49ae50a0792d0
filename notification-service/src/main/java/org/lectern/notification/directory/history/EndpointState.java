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

        @Schema(description = "Whether notices are sent there")
        boolean enabled,

        @Schema(description = "Whether verification or confirmation is pending")
        boolean pending,

        @Schema(description = "Whether it is used only when no other endpoint works")
        boolean fallback,

        @Schema(description = "Whether an organizer vouched for the address")
        boolean vouched,

        @Schema(description = "Whether digests are sent there; `false` after an unsubscription")
        boolean digests) {}
