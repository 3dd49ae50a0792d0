package org.lectern.notification.intake;

/** The effect of a record that was processed. */
public enum Effect {
    /** It took effect, and so did the events that waited for it. */
    APPLIED,
    /** It waits for an earlier version or for its branch. */
    HELD,
    /** It had been processed before; nothing changed. */
    REPEAT
}
