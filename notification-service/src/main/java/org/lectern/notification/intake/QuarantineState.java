package org.lectern.notification.intake;

/** What became of a record set aside. */
public enum QuarantineState {
    /** Nobody has decided yet. */
    OPEN,
    /** It was taken in after all. */
    REPLAYED,
    /** Somebody decided to do without it. */
    DISCARDED
}
