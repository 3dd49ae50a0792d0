package org.lectern.scheduler.event;

/**
 * Every event this service publishes. No other place names types and topics. The contract under {@code contract/} has
 * one schema and one example for each. A breaking change is a new type beside the old one.
 */
public enum EventCatalog {
    BOOKING_HELD("lectern.booking.held.v1", Topic.BOOKINGS),
    BOOKING_RELEASED("lectern.booking.released.v1", Topic.BOOKINGS),
    BOOKING_EXPIRED("lectern.booking.expired.v1", Topic.BOOKINGS),
    BOOKING_CONFIRMED("lectern.booking.confirmed.v1", Topic.BOOKINGS),
    BOOKING_CHANGED("lectern.booking.changed.v1", Topic.BOOKINGS),
    BOOKING_GUESTS_CHANGED("lectern.booking.guests-changed.v1", Topic.BOOKINGS),
    BOOKING_CANCELLED("lectern.booking.cancelled.v1", Topic.BOOKINGS),
    BOOKING_COMPLETED("lectern.booking.completed.v1", Topic.BOOKINGS),
    REQUEST_CHANGED("lectern.request.changed.v1", Topic.REQUESTS),
    BRANCH_CHANGED("lectern.branch.changed.v1", Topic.BRANCHES),
    LECTURER_CHANGED("lectern.lecturer.changed.v1", Topic.LECTURERS),
    LECTURER_ANSWER_CHANGED("lectern.lecturer-answer.changed.v1", Topic.ANSWERS);

    /** The CloudEvents {@code source} of all events. */
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

    /** The Kafka topics; the record key is always the id of the aggregate. */
    public static final class Topic {

        /** Bookings in version order, kept for two weeks. */
        public static final String BOOKINGS = "lectern.bookings";

        /** The current state of every branch, compacted. */
        public static final String BRANCHES = "lectern.branches";

        /** What lecturers are asked about bookings, and answer, in version order, kept for two weeks. */
        public static final String ANSWERS = "lectern.answers";

        /** The current state of every lecturer without contact data, compacted. */
        public static final String LECTURERS = "lectern.lecturers";

        /** Lecture requests in version order, kept for two weeks. */
        public static final String REQUESTS = "lectern.requests";

        private Topic() {}
    }
}
