package org.lectern.notification.directory;

import java.util.UUID;

/** An endpoint was switched. Fired within the transaction, for observers that keep deliveries waiting. */
public record EndpointSwitched(UUID endpointId, To to) {

    /** The new state. */
    public enum To {
        ENABLED,
        DISABLED,
        REMOVED
    }
}
