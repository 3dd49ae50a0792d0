package org.lectern.notification.directory;

import java.util.UUID;

/** Told within the transaction of the change to whoever keeps something waiting for an endpoint. */
public record EndpointSwitched(UUID endpointId, To to) {

    /** What became of it. */
    public enum To {
        ENABLED,
        DISABLED,
        REMOVED
    }
}
