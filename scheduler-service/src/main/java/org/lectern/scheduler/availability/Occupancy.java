package org.lectern.scheduler.availability;

/** Which bookings take time of those whom they bring together. */
final class Occupancy {

    /** Of bookings {@code b}: those that occupy their slot at this moment. */
    static final String ACTIVE = "b.status IN ('HELD', 'CONFIRMED', 'COMPLETED')";

    private Occupancy() {}
}
