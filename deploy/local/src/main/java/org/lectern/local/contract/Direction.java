package org.lectern.local.contract;

/** The sender of data that a schema describes. */
enum Direction {
    /** Clients send it: previously valid data must stay valid. */
    TO_SERVICE,
    /** The service sends it: it must not send data that was impossible before. */
    TO_CLIENT
}
