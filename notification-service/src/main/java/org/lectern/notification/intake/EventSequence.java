package org.lectern.notification.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.directory.Branch;
import org.lectern.notification.directory.Branches;
import org.lectern.notification.event.BookingEvent;
import org.lectern.notification.event.EventReader;
import org.lectern.notification.event.EventType;
import org.lectern.notification.event.RequestChanged;
import org.lectern.notification.event.Told;
import org.lectern.notification.event.Unreadable;
import org.lectern.notification.notice.Draft;
import org.lectern.notification.transaction.Sql;

/**
 * Lets each version of a booking or a lecture request through once and in order, under the lock of its row. What comes
 * too early is held: a version before the one it follows, or what concerns a branch the directory does not know yet (the
 * topics are read side by side, and one may lag). What is held goes on by itself when its time has come.
 */
@ApplicationScoped
class EventSequence {

    private final Sql sql;
    private final Branches branches;
    private final Clock clock;
    private final EventReader reader = new EventReader();

    @Inject
    EventSequence(Sql sql, Branches branches, Clock clock) {
        this.sql = sql;
        this.branches = branches;
        this.clock = clock;
    }

    /**
     * Takes an event in.
     *
     * @param tell is told of every event that now takes effect: this one and those held behind it
     * @throws Unreadable if its version was taken by another event: a restored or doubled producer
     */
    void accept(Incoming incoming, Consumer<Draft> tell) throws Unreadable {
        Told event = incoming.event();
        boolean isNew = sql.update(
                        "INSERT INTO inbox (event_id, type, subject, version, received_at) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        incoming.id(),
                        incoming.type().type(),
                        event.subject(),
                        event.version(),
                        clock.instant())
                == 1;
        if (!isNew) {
            return;
        }
        int last = lock(event.subject(), incoming.incarnation());
        if (event.version() <= last) {
            throw new Unreadable("version-taken");
        }
        Audience audience = audience(event);
        if (event.version() > last + 1 || audience.unknown() != null) {
            hold(incoming, audience.unknown());
            return;
        }
        apply(incoming, audience, tell);
        release(event.subject(), event.version(), tell);
    }

    /** Lets go on what waited for that branch. */
    void branchIsKnown(UUID branch, Consumer<Draft> tell) {
        sql.list(
                        "SELECT DISTINCT subject_id FROM held_event WHERE branch_id = ? ORDER BY subject_id",
                        row -> row.id("subject_id"),
                        branch)
                .forEach(subject -> goOn(subject, tell));
    }

    /**
     * Bookings and requests whose next version is held although nothing is in its way: two transactions that did not see each other
     * can leave one behind.
     */
    List<UUID> leftBehind() {
        return sql.list("""
                SELECT h.subject_id FROM held_event h
                JOIN subject_view v ON v.subject_id = h.subject_id AND h.version = v.version + 1
                JOIN branch b ON b.id = h.branch_id
                ORDER BY h.subject_id LIMIT 100""", row -> row.id("subject_id"));
    }

    /** Lets go on what is held of a booking or a request, as far as it can. */
    void goOn(UUID subject, Consumer<Draft> tell) {
        sql.one(
                        "SELECT version FROM subject_view WHERE subject_id = ? FOR UPDATE",
                        row -> row.number("version"),
                        subject)
                .ifPresent(last -> release(subject, last, tell));
    }

    private int lock(UUID subject, UUID incarnation) {
        sql.update(
                "INSERT INTO subject_view (subject_id, incarnation, version, state, updated_at)"
                        + " VALUES (?, ?, 0, 'UNKNOWN', ?) ON CONFLICT DO NOTHING",
                subject,
                incarnation,
                clock.instant());
        return sql.one(
                        "SELECT version FROM subject_view WHERE subject_id = ? FOR UPDATE",
                        row -> row.number("version"),
                        subject)
                .orElseThrow(() -> new IllegalStateException("A subject's row went away under its lock"));
    }

    /**
     * The branches an event is to be told to: the host and the guests, but of guests that come or go only those.
     *
     * @param unknown one that the directory does not know yet: the event has to wait for it
     */
    private record Audience(List<Branch> branches, @Nullable UUID unknown) {}

    private Audience audience(Told event) {
        Stream<UUID> concerned = switch (event) {
            case RequestChanged changed -> Stream.of(changed.branch().id());
            case BookingEvent.GuestsChanged changed ->
                Stream.concat(changed.joined().stream(), changed.left().stream())
                        .map(BookingEvent.Guest::id);
            case BookingEvent.Held held -> Stream.of(held.branch().id());
            case BookingEvent.Released released -> Stream.of(released.branch().id());
            case BookingEvent.Expired expired -> Stream.of(expired.branch().id());
            case BookingEvent.Completed completed ->
                Stream.of(completed.branch().id());
            case BookingEvent.Confirmed confirmed -> hostAndGuests(confirmed);
            case BookingEvent.Rescheduled moved -> hostAndGuests(moved);
            case BookingEvent.Reassigned changed -> hostAndGuests(changed);
            case BookingEvent.Cancelled cancelled -> hostAndGuests(cancelled);
        };
        List<Branch> known = new ArrayList<>();
        for (UUID id : concerned.distinct().toList()) {
            Optional<Branch> branch = branches.find(id);
            if (branch.isEmpty()) {
                return new Audience(List.of(), id);
            }
            known.add(branch.get());
        }
        return new Audience(known, null);
    }

    private static Stream<UUID> hostAndGuests(BookingEvent event) {
        return Stream.concat(
                Stream.of(event.branch().id()), event.guests().stream().map(BookingEvent.Guest::id));
    }

    /** Sets an event aside until its turn comes and the branch it waits for, if any, is known. */
    private void hold(Incoming incoming, @Nullable UUID unknown) throws Unreadable {
        int held = sql.update(
                """
                INSERT INTO held_event (subject_id, version, event_id, branch_id, type, incarnation, occurred_at,
                                        traceparent, value, held_since)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (subject_id, version) DO NOTHING""",
                incoming.event().subject(),
                incoming.event().version(),
                incoming.id(),
                unknown == null ? incoming.event().branch().id() : unknown,
                incoming.type().type(),
                incoming.incarnation(),
                incoming.time(),
                incoming.traceparent(),
                incoming.value(),
                clock.instant());
        if (held == 0) {
            throw new Unreadable("version-taken");
        }
    }

    private void release(UUID subject, int last, Consumer<Draft> tell) {
        for (int version = last + 1; ; version++) {
            var next = sql.one(
                    "SELECT event_id, type, incarnation, occurred_at, traceparent, value FROM held_event"
                            + " WHERE subject_id = ? AND version = ?",
                    row -> held(
                            row.id("event_id"),
                            row.text("type"),
                            row.id("incarnation"),
                            row.time("occurred_at"),
                            row.textOrNull("traceparent"),
                            row.bytes("value")),
                    subject,
                    version);
            if (next.isEmpty()) {
                return;
            }
            Audience audience = audience(next.get().event());
            if (audience.unknown() != null) {
                sql.update(
                        "UPDATE held_event SET branch_id = ? WHERE subject_id = ? AND version = ?",
                        audience.unknown(),
                        subject,
                        version);
                return;
            }
            sql.update("DELETE FROM held_event WHERE subject_id = ? AND version = ?", subject, version);
            apply(next.get(), audience, tell);
        }
    }

    private Incoming held(
            UUID id, String type, UUID incarnation, Instant time, @Nullable String traceparent, byte[] value) {
        try {
            EventType known = EventType.find(type).orElseThrow(() -> new Unreadable("type-unknown"));
            if (reader.read(known, value) instanceof Told event) {
                return new Incoming(id, known, incarnation, time, traceparent, value, event);
            }
            throw new Unreadable("type-unknown");
        } catch (Unreadable e) {
            throw new IllegalStateException("A held event can no longer be read: " + e.reason(), e);
        }
    }

    private void apply(Incoming incoming, Audience audience, Consumer<Draft> tell) {
        Told event = incoming.event();
        String state = switch (event) {
            case RequestChanged changed -> changed.status();
            case BookingEvent.Held held -> "HELD";
            case BookingEvent.Released released -> "RELEASED";
            case BookingEvent.Expired expired -> "EXPIRED";
            case BookingEvent.Confirmed confirmed -> "CONFIRMED";
            case BookingEvent.Rescheduled moved -> "CONFIRMED";
            case BookingEvent.Reassigned changed -> "CONFIRMED";
            case BookingEvent.GuestsChanged changed -> "CONFIRMED";
            case BookingEvent.Cancelled cancelled -> "CANCELLED";
            case BookingEvent.Completed completed -> "COMPLETED";
        };
        sql.update(
                "UPDATE subject_view SET incarnation = ?, version = ?, state = ?, updated_at = ? WHERE subject_id = ?",
                incoming.incarnation(),
                event.version(),
                state,
                clock.instant(),
                event.subject());
        for (Branch branch : audience.branches()) {
            tell.accept(new Draft(branch, incoming.id(), event, incoming.traceparent()));
        }
    }
}
