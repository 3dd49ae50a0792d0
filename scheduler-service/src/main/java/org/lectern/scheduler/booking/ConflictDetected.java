package org.lectern.scheduler.booking;

import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.SoftRule.Proposal;

/**
 * The database refused an occupied slot. The transaction is lost; this carries the slot to {@link ConflictResolution},
 * which names the conflict.
 */
final class ConflictDetected extends RuntimeException {

    private final transient Proposal wanted;
    private final @Nullable String pointer;

    /** @param pointer the field at fault, if only one is possible */
    ConflictDetected(Proposal wanted, @Nullable String pointer) {
        super(null, null, false, false);
        this.wanted = wanted;
        this.pointer = pointer;
    }

    Proposal wanted() {
        return wanted;
    }

    @Nullable
    String pointer() {
        return pointer;
    }
}
