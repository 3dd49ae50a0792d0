package org.lectern.notification.intake;

/** The state of a quarantined record. */
public enum QuarantineState {
    /** Waits for a decision. */
    OPEN,
    /** It was processed after all. */
    REPLAYED,
    /** An operator discarded it. */
    DISCARDED
}
