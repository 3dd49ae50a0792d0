package org.lectern.notification.delivery;

/** Where a delivery stands. */
public enum DeliveryState {
    /** It waits for its next attempt. */
    READY,
    /** An attempt is under way. */
    LEASED,
    /** The receiver took it over. */
    DELIVERED,
    /** It waits for its endpoint to be switched on again. */
    PARKED,
    /** It will not be attempted again, for a reason. */
    DEAD,
    /** It did not arrive and need not: a later delivery tells it, or there is nothing left to tell. */
    SUPERSEDED
}
