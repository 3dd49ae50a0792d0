package org.lectern.notification.event;

import java.util.Arrays;
import java.util.Optional;

/** The events that this service understands. Only this enum names types and topics. */
public enum EventType {
    BOOKING_HELD("lectern.booking.held.v1", EventType.BOOKINGS, BookingEvent.Held.class),
    BOOKING_RELEASED("lectern.booking.released.v1", EventType.BOOKINGS, BookingEvent.Released.class),
    BOOKING_EXPIRED("lectern.booking.expired.v1", EventType.BOOKINGS, BookingEvent.Expired.class),
    BOOKING_CONFIRMED("lectern.booking.confirmed.v1", EventType.BOOKINGS, BookingEvent.Confirmed.class),
    BOOKING_CHANGED("lectern.booking.changed.v1", EventType.BOOKINGS, BookingEvent.Changed.class),
    BOOKING_GUESTS_CHANGED("lectern.booking.guests-changed.v1", EventType.BOOKINGS, BookingEvent.GuestsChanged.class),
    BOOKING_CANCELLED("lectern.booking.cancelled.v1", EventType.BOOKINGS, BookingEvent.Cancelled.class),
    BOOKING_COMPLETED("lectern.booking.completed.v1", EventType.BOOKINGS, BookingEvent.Completed.class),
    REQUEST_CHANGED("lectern.request.changed.v1", EventType.REQUESTS, RequestChanged.class),
    BRANCH_CHANGED("lectern.branch.changed.v1", EventType.BRANCHES, BranchChanged.class),
    LECTURER_CHANGED("lectern.lecturer.changed.v1", EventType.LECTURERS, LecturerChanged.class),
    LECTURER_ANSWER_CHANGED("lectern.lecturer-answer.changed.v1", EventType.ANSWERS, LecturerAnswerChanged.class);

    /** Bookings, ordered by version. */
    public static final String BOOKINGS = "lectern.bookings";

    /** Lecture requests, ordered by version. */
    public static final String REQUESTS = "lectern.requests";

    /** The present state of every branch, compacted. */
    public static final String BRANCHES = "lectern.branches";

    /** The present state of every lecturer, compacted; no contact data. */
    public static final String LECTURERS = "lectern.lecturers";

    /** What lecturers are asked, and answer. */
    public static final String ANSWERS = "lectern.answers";

    /** The CloudEvents {@code source} of all events. */
    public static final String SOURCE = "/lectern/scheduler";

    private final String type;
    private final String topic;
    private final Class<? extends Event> data;

    EventType(String type, String topic, Class<? extends Event> data) {
        this.type = type;
        this.topic = topic;
        this.data = data;
    }

    /** The CloudEvents {@code type}. */
    public String type() {
        return type;
    }

    public String topic() {
        return topic;
    }

    Class<? extends Event> data() {
        return data;
    }

    /** The event of that type, if this service understands it. */
    public static Optional<EventType> find(String type) {
        return Arrays.stream(values()).filter(known -> known.type.equals(type)).findFirst();
    }

    /** The event of that type on that topic, if this service understands it. */
    public static Optional<EventType> find(String topic, String type) {
        return Arrays.stream(values())
                .filter(known -> known.topic.equals(topic) && known.type.equals(type))
                .findFirst();
    }
}
