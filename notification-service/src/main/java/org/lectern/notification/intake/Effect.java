package org.lectern.notification.intake;

/** What taking a record in came to, when it could be taken in. */
public enum Effect {
    /** It took effect, and what waited for it went on. */
    APPLIED,
    /** It waits for an earlier version or for its branch. */
    HELD,
    /** It had been taken in before: nothing changed. */
    REPEAT
}
