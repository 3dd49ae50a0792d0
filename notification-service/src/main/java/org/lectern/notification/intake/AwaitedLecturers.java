package org.lectern.notification.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.event.BookingEvent;
import org.lectern.notification.event.EventReader;
import org.lectern.notification.event.EventType;
import org.lectern.notification.event.Unreadable;

/**
 * Events that concern a lecturer whom the directory does not know yet. The topics are read side by side, and one may
 * lag; branches do not wait for that, so only the lecturer's part of an event is kept here until the lecturer is known.
 */
@ApplicationScoped
class AwaitedLecturers {

    private final Sql sql;
    private final EventReader reader = new EventReader();

    @Inject
    AwaitedLecturers(Sql sql) {
        this.sql = sql;
    }

    /** The part of an event that a lecturer has not been notified of yet. */
    record Awaited(
            UUID lecturer,
            UUID eventId,
            Instant time,
            @Nullable String traceparent,
            BookingEvent event) {}

    /** Keeps an event for that lecturer. */
    void add(UUID lecturer, Incoming incoming, BookingEvent event) {
        sql.update(
                """
                INSERT INTO awaited_lecturer (lecturer_id, event_id, subject_id, version, incarnation, type, occurred_at,
                                              traceparent, value, ends_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                lecturer,
                incoming.id(),
                event.bookingId(),
                event.version(),
                incoming.incarnation(),
                incoming.type().type(),
                incoming.time(),
                incoming.traceparent(),
                incoming.value(),
                event.end());
    }

    /** What is kept about a booking, in the order of its versions. */
    List<Awaited> of(UUID booking) {
        return sql.list(
                """
                SELECT lecturer_id, event_id, type, occurred_at, traceparent, value FROM awaited_lecturer
                WHERE subject_id = ? ORDER BY incarnation, version""",
                row -> {
                    try {
                        EventType type =
                                EventType.find(row.text("type")).orElseThrow(() -> new Unreadable("type-unknown"));
                        if (reader.read(type, row.bytes("value")) instanceof BookingEvent event) {
                            return new Awaited(
                                    row.id("lecturer_id"),
                                    row.id("event_id"),
                                    row.time("occurred_at"),
                                    row.textOrNull("traceparent"),
                                    event);
                        }
                        throw new Unreadable("type-unknown");
                    } catch (Unreadable e) {
                        throw new IllegalStateException("An applied event can no longer be read: " + e.reason(), e);
                    }
                },
                booking);
    }

    /** Ends the wait for a lecturer, who is notified now. */
    void remove(Awaited awaited) {
        sql.update(
                "DELETE FROM awaited_lecturer WHERE lecturer_id = ? AND event_id = ?",
                awaited.lecturer(),
                awaited.eventId());
    }

    /** The bookings with something kept for these lecturers. */
    List<UUID> bookingsOf(List<UUID> lecturers) {
        return sql.list(
                "SELECT DISTINCT subject_id FROM awaited_lecturer WHERE lecturer_id = ANY (?) ORDER BY subject_id",
                row -> row.id("subject_id"),
                lecturers);
    }

    /** Bookings of lecturers who are known by now: two concurrent transactions can leave one behind. */
    List<UUID> leftBehind() {
        return sql.list("""
                SELECT DISTINCT a.subject_id FROM awaited_lecturer a JOIN recipient r ON r.id = a.lecturer_id
                ORDER BY a.subject_id LIMIT 100""", row -> row.id("subject_id"));
    }

    /** Drops what is kept about lectures that are over. */
    void forget() {
        sql.update("DELETE FROM awaited_lecturer WHERE ends_at < now()");
    }
}
