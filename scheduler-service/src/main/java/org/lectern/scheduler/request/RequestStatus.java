package org.lectern.scheduler.request;

/** Where a lecture request stands. */
enum RequestStatus {
    /** Nobody has answered it yet. */
    WAITING,
    /** A slot is held for it; the branch has until the offer's expiry to take it. */
    OFFERED,
    /** A lecture is booked for it. */
    ACCEPTED,
    /** An organizer refused it, with a reason. */
    REFUSED,
    /** The branch no longer wants it. */
    WITHDRAWN,
    /** Nobody could answer it in time: all its windows have passed. */
    LAPSED;

    boolean isOpen() {
        return this == WAITING || this == OFFERED;
    }
}
