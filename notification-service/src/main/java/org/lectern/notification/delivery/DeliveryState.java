package org.lectern.notification.delivery;

/** The state of a delivery. */
public enum DeliveryState {
    /** Waits for its next attempt. */
    READY,
    /** An attempt is under way. */
    LEASED,
    /** The receiver accepted it. */
    DELIVERED,
    /** Waits until its endpoint is enabled again. */
    PARKED,
    /** Given up, with a reason. */
    DEAD,
    /** Not delivered and no longer needed: a later delivery replaces it, or there is nothing left to report. */
    SUPERSEDED
}
