package org.lectern.scheduler.booking;

import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.SoftRule.Proposal;

/**
 * The database refused a slot that is taken. The transaction is lost, and the clash is still to be named: this carries
 * the slot out to {@link ConflictResolution}.
 */
final class ConflictDetected extends RuntimeException {

    private final transient Proposal wanted;
    private final @Nullable String pointer;

    /** @param pointer the field at fault, if there is only one that can be */
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
