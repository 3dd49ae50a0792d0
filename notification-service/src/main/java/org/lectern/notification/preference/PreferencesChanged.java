package org.lectern.notification.preference;

import java.util.UUID;

/** Told within the transaction of the change to whoever keeps something waiting for quiet hours or a digest. */
public record PreferencesChanged(UUID branchId) {}
