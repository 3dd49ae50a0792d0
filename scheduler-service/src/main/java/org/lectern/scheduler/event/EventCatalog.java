package org.lectern.scheduler.event;

/**
 * Every event this service publishes. The only place that names types and topics; the contract under
 * {@code contract/} has one schema and one example for each. A breaking change is a new type beside the old one.
 */
public enum EventCatalog {
    BOOKING_HELD("lectern.booking.held.v1", Topic.BOOKINGS),
    BOOKING_RELEASED("lectern.booking.released.v1", Topic.BOOKINGS),
    BOOKING_EXPIRED("lectern.booking.expired.v1", Topic.BOOKINGS),
    BOOKING_CONFIRMED("lectern.booking.confirmed.v1", Topic.BOOKINGS),
    BOOKING_RESCHEDULED("lectern.booking.rescheduled.v1", Topic.BOOKINGS),
    BOOKING_REASSIGNED("lectern.booking.reassigned.v1", Topic.BOOKINGS),
    BOOKING_GUESTS_CHANGED("lectern.booking.guests-changed.v1", Topic.BOOKINGS),
    BOOKING_CANCELLED("lectern.booking.cancelled.v1", Topic.BOOKINGS),
    BOOKING_COMPLETED("lectern.booking.completed.v1", Topic.BOOKINGS),
    REQUEST_CHANGED("lectern.request.changed.v1", Topic.REQUESTS),
    BRANCH_CHANGED("lectern.branch.changed.v1", Topic.BRANCHES);

    /** The CloudEvents {@code source} of all of them. */
    public static final String SOURCE = "/lectern/scheduler";

    private final String type;
    private final String topic;

    EventCatalog(String type, String topic) {
        this.type = type;
        this.topic = topic;
    }

    /** The CloudEvents {@code type}. */
    public String type() {
        return type;
    }

    public String topic() {
        return topic;
    }

    /** The Kafka topics; the key of a record is always the id of the aggregate. */
    public static final class Topic {

        /** Bookings in order of their versions, kept for two weeks. */
        public static final String BOOKINGS = "lectern.bookings";

        /** The present state of every branch, compacted. */
        public static final String BRANCHES = "lectern.branches";

        /** Lecture requests in order of their versions, kept for two weeks. */
        public static final String REQUESTS = "lectern.requests";

        private Topic() {}
    }
}
