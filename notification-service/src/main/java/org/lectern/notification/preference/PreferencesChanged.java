package org.lectern.notification.preference;

import java.util.UUID;

/**
 * Preferences changed. Fired within the transaction, for observers that keep deliveries waiting for quiet hours or a
 * digest.
 */
public record PreferencesChanged(UUID branchId) {}
