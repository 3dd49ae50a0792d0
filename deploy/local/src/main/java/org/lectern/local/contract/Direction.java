package org.lectern.local.contract;

/** Who sends what a schema describes. */
enum Direction {
    /** Clients send it: whatever was accepted must still be accepted. */
    TO_SERVICE,
    /** The service sends it: whatever arrives must be something that could have arrived before. */
    TO_CLIENT
}
