package org.lectern.notification.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.directory.Recipient;
import org.lectern.notification.directory.Recipients;
import org.lectern.notification.event.AnnouncedEvent;
import org.lectern.notification.event.BookingEvent;
import org.lectern.notification.event.EventReader;
import org.lectern.notification.event.EventType;
import org.lectern.notification.event.RequestChanged;
import org.lectern.notification.event.Unreadable;
import org.lectern.notification.intake.SubjectVersions.SubjectState;
import org.lectern.notification.notice.NoticeRequest;

/**
 * Applies each version of a booking or lecture request once and in order, under the lock of its row. An early event is
 * held: before a predecessor arrives, or before its branch is known (topics are read concurrently, and one may lag).
 * Held events are applied automatically when they can be.
 *
 * <p>Versions count within one incarnation of the scheduler's database. After a restore it reuses numbers, and the
 * later incarnation wins. Its version n is applied even if an earlier incarnation's version n was seen. Events of the
 * earlier incarnation that wait or still arrive are quarantined.
 */
@ApplicationScoped
class Resequencer {

    private final Sql sql;
    private final Inbox inbox;
    private final Quarantine quarantine;
    private final AwaitedLecturers awaited;
    private final Recipients branches;
    private final Clock clock;
    private final EventReader reader = new EventReader();

    @Inject
    Resequencer(
            Sql sql, Inbox inbox, Quarantine quarantine, AwaitedLecturers awaited, Recipients branches, Clock clock) {
        this.sql = sql;
        this.inbox = inbox;
        this.quarantine = quarantine;
        this.awaited = awaited;
        this.branches = branches;
        this.clock = clock;
    }

    /**
     * Opens the ledger for a batch of events, in the running transaction.
     *
     * @param known recipients that may have just become known; events held for them are applied
     */
    SubjectVersions open(List<Incoming> events, List<UUID> known, NoticeBatch tell) {
        SubjectVersions ledger = new SubjectVersions(sql, inbox, branches);
        ledger.open(
                events,
                events.stream()
                        .flatMap(incoming -> Stream.concat(concerned(incoming.event()), lecturers(incoming.event())))
                        .collect(Collectors.toSet()),
                clock.instant());
        if (!known.isEmpty()) {
            List<UUID> waiting = sql.list(
                    "SELECT DISTINCT subject_id FROM held_event WHERE branch_id = ANY (?) ORDER BY subject_id",
                    row -> row.id("subject_id"),
                    known);
            List<UUID> all = Stream.concat(waiting.stream(), awaited.bookingsOf(known).stream())
                    .distinct()
                    .sorted()
                    .toList();
            ledger.open(all);
            all.forEach(subject -> goOn(subject, ledger, tell));
        }
        return ledger;
    }

    /**
     * Processes an event.
     *
     * @param ledger opened for it
     * @param tell receives every event that now takes effect: this one and those held behind it
     * @throws Unreadable if its version belongs to another event (a duplicate producer), to an earlier incarnation, or
     *     was skipped. Nothing has changed then.
     */
    Effect accept(Incoming incoming, SubjectVersions ledger, NoticeBatch tell) throws Unreadable {
        AnnouncedEvent event = incoming.event();
        SubjectState seen = ledger.of(event.subject());
        if (ledger.knows(incoming.id())) {
            return Effect.REPEAT;
        }
        int life = Incoming.compareLives(incoming.incarnation(), seen.incarnation());
        if (life < 0 || (life == 0 && event.version() <= seen.version())) {
            ledger.settle(clock.instant());
            return recognise(incoming, life);
        }
        Audience audience = audience(event, ledger);
        if (event.version() > seen.version() + 1 || audience.unknown() != null) {
            return hold(incoming, audience.unknown(), ledger);
        }
        ledger.remember(incoming);
        apply(incoming, audience, seen, ledger, tell);
        release(seen, ledger, tell);
        return Effect.APPLIED;
    }

    /** Stores the results of the events. */
    void settle(SubjectVersions ledger) {
        ledger.settle(clock.instant());
    }

    /**
     * Skips a version that will never arrive.
     *
     * @return whether the subject waited for that version
     */
    boolean skip(UUID subject, int version, NoticeBatch tell) {
        SubjectVersions ledger = new SubjectVersions(sql, inbox, branches);
        ledger.open(List.of(subject));
        SubjectState last = ledger.find(subject);
        if (last == null || version != last.version() + 1) {
            return false;
        }
        last.skipped(version);
        release(last, ledger, tell);
        settle(ledger);
        return true;
    }

    /**
     * Bookings and requests with a held next version that nothing blocks. Two concurrent transactions can leave one
     * behind.
     */
    List<UUID> leftBehind() {
        return Stream.concat(heldBehind().stream(), awaited.leftBehind().stream())
                .distinct()
                .toList();
    }

    private List<UUID> heldBehind() {
        return sql.list("""
                SELECT h.subject_id FROM held_event h
                JOIN subject_view v ON v.subject_id = h.subject_id AND h.version = v.version + 1
                JOIN recipient b ON b.id = h.branch_id
                ORDER BY h.subject_id LIMIT 100""", row -> row.id("subject_id"));
    }

    /** Drops what waits for a lecturer when the lecture is over. */
    void forgetPast() {
        awaited.forget();
    }

    /** Applies the held events of a booking or request, as far as possible. */
    void goOn(UUID subject, NoticeBatch tell) {
        SubjectVersions ledger = new SubjectVersions(sql, inbox, branches);
        ledger.open(List.of(subject));
        goOn(subject, ledger, tell);
        settle(ledger);
    }

    private void goOn(UUID subject, SubjectVersions ledger, NoticeBatch tell) {
        SubjectState last = ledger.find(subject);
        if (last != null) {
            tellAwaited(last, ledger, tell);
            release(last, ledger, tell);
        }
    }

    /** A repeat with a deleted id is recognised by its age and version. Everything else is unreadable. */
    private Effect recognise(Incoming incoming, int life) throws Unreadable {
        UUID subject = incoming.event().subject();
        int version = incoming.event().version();
        if (quarantine.skipped(subject, version)) {
            throw new Unreadable("version-skipped");
        }
        if (!inbox.knowsVersion(subject, version) && !inbox.remembers(incoming.time())) {
            return Effect.REPEAT;
        }
        throw new Unreadable(life < 0 ? "incarnation-superseded" : "version-taken");
    }

    /**
     * The branches that an event notifies: the host and the guests; for a change of guests, only those that join or
     * leave.
     *
     * @param unknown a branch that the directory does not know yet; the event is held for it
     */
    private record Audience(
            List<Recipient> branches, @Nullable UUID unknown) {}

    private static Audience audience(AnnouncedEvent event, SubjectVersions ledger) {
        List<Recipient> known = new ArrayList<>();
        for (UUID id : concerned(event).distinct().toList()) {
            Recipient branch = ledger.branch(id);
            if (branch == null) {
                return new Audience(List.of(), id);
            }
            known.add(branch);
        }
        return new Audience(known, null);
    }

    private static Stream<UUID> concerned(AnnouncedEvent event) {
        return switch (event) {
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
            case BookingEvent.Changed changed ->
                changed.isTold()
                        ? Stream.concat(changed.formerHost().stream(), hostAndGuests(changed))
                        : Stream.of(changed.branch().id());
            case BookingEvent.Cancelled cancelled -> hostAndGuests(cancelled);
            case BookingEvent.HandedOver handedOver -> Stream.of();
        };
    }

    private static Stream<UUID> hostAndGuests(BookingEvent event) {
        return Stream.concat(
                Stream.of(event.branch().id()), event.guests().stream().map(BookingEvent.Guest::id));
    }

    /** Holds an event until its turn comes and the branch that it waits for, if any, is known. */
    private Effect hold(Incoming incoming, @Nullable UUID unknown, SubjectVersions ledger) throws Unreadable {
        UUID subject = incoming.event().subject();
        int version = incoming.event().version();
        var rival = held(subject, version);
        if (rival.isPresent()) {
            if (rival.get().id().equals(incoming.id())) {
                return Effect.REPEAT;
            }
            int life = Incoming.compareLives(incoming.incarnation(), rival.get().incarnation());
            if (life <= 0) {
                throw new Unreadable(life < 0 ? "incarnation-superseded" : "version-taken");
            }
            supersede(rival.get());
        }
        sql.update(
                """
                INSERT INTO held_event (subject_id, version, event_id, branch_id, type, incarnation, occurred_at,
                                        traceparent, value, topic, partition, record_offset, headers, held_since)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                subject,
                version,
                incoming.id(),
                unknown == null ? incoming.event().branch().id() : unknown,
                incoming.type().type(),
                incoming.incarnation(),
                incoming.time(),
                incoming.traceparent(),
                incoming.value(),
                incoming.origin().topic(),
                incoming.origin().partition(),
                incoming.origin().offset(),
                incoming.origin().headers(),
                clock.instant());
        ledger.remember(incoming);
        ledger.of(subject).holds();
        return Effect.HELD;
    }

    /** Quarantines a held event because a later incarnation of the producer replaces its version. */
    private void supersede(Incoming held) {
        drop(held);
        quarantine.add(held.message(), "incarnation-superseded");
    }

    private void drop(Incoming held) {
        sql.update(
                "DELETE FROM held_event WHERE subject_id = ? AND version = ?",
                held.event().subject(),
                held.event().version());
    }

    private void release(SubjectState last, SubjectVersions ledger, NoticeBatch tell) {
        while (last.waits()) {
            int version = last.version() + 1;
            var next = held(last.subject(), version);
            if (next.isEmpty()) {
                return;
            }
            if (Incoming.compareLives(next.get().incarnation(), last.incarnation()) < 0) {
                supersede(next.get());
                return;
            }
            Audience audience = audience(next.get().event(), ledger);
            if (audience.unknown() != null) {
                sql.update(
                        "UPDATE held_event SET branch_id = ? WHERE subject_id = ? AND version = ?",
                        audience.unknown(),
                        last.subject(),
                        version);
                return;
            }
            drop(next.get());
            apply(next.get(), audience, last, ledger, tell);
        }
    }

    private Optional<Incoming> held(UUID subject, int version) {
        return sql.one(
                """
                SELECT event_id, type, incarnation, occurred_at, traceparent, value, topic, partition, record_offset,
                       headers
                FROM held_event WHERE subject_id = ? AND version = ?""",
                row -> {
                    var origin = new Origin(
                            row.text("topic"),
                            row.number("partition"),
                            row.bigNumber("record_offset"),
                            row.text("headers"));
                    try {
                        EventType known =
                                EventType.find(row.text("type")).orElseThrow(() -> new Unreadable("type-unknown"));
                        byte[] value = row.bytes("value");
                        if (reader.read(known, value) instanceof AnnouncedEvent event) {
                            return new Incoming(
                                    row.id("event_id"),
                                    known,
                                    row.id("incarnation"),
                                    row.time("occurred_at"),
                                    row.textOrNull("traceparent"),
                                    value,
                                    event,
                                    origin);
                        }
                        throw new Unreadable("type-unknown");
                    } catch (Unreadable e) {
                        throw new IllegalStateException("A held event can no longer be read: " + e.reason(), e);
                    }
                },
                subject,
                version);
    }

    private void apply(
            Incoming incoming, Audience audience, SubjectState standing, SubjectVersions ledger, NoticeBatch tell) {
        AnnouncedEvent event = incoming.event();
        String state = switch (event) {
            case RequestChanged changed -> changed.status();
            case BookingEvent.Held held -> "HELD";
            case BookingEvent.Released released -> "RELEASED";
            case BookingEvent.Expired expired -> "EXPIRED";
            case BookingEvent.Confirmed confirmed -> "CONFIRMED";
            case BookingEvent.Changed changed -> "CONFIRMED";
            case BookingEvent.GuestsChanged changed -> "CONFIRMED";
            case BookingEvent.Cancelled cancelled -> "CANCELLED";
            case BookingEvent.HandedOver handedOver ->
                throw new IllegalArgumentException("Only sent to a lecturer, never received");
            case BookingEvent.Completed completed -> "COMPLETED";
        };
        standing.applied(event.version(), incoming.incarnation(), state);
        for (Recipient branch : audience.branches()) {
            AnnouncedEvent told = event instanceof BookingEvent booking ? booking.asToldTo(branch.id()) : event;
            tell.add(new NoticeRequest(branch, incoming.id(), told, incoming.traceparent()), incoming.time());
        }
        if (event instanceof BookingEvent booking) {
            tellAwaited(standing, ledger, tell); // a lecturer who is known by now learns of earlier versions first
            lecturers(event).distinct().forEach(lecturer -> tellLecturer(lecturer, incoming, booking, ledger, tell));
        }
    }

    /**
     * The lecturers that an event notifies: the one who gives the lecture, and the one who gave it before. Lecturers
     * are not notified of holds, guests and changes that concern organizers only.
     */
    private static Stream<UUID> lecturers(AnnouncedEvent event) {
        return switch (event) {
            case BookingEvent.Confirmed confirmed -> present(confirmed.lecturer());
            case BookingEvent.Cancelled cancelled -> present(cancelled.lecturer());
            case BookingEvent.Changed changed ->
                changed.isToldToLecturers()
                        ? Stream.concat(changed.formerLecturer().stream(), present(changed.lecturer()))
                        : Stream.of();
            case BookingEvent booking -> Stream.of();
            case RequestChanged request -> Stream.of();
        };
    }

    private static Stream<UUID> present(BookingEvent.Lecturer lecturer) {
        return Stream.ofNullable(lecturer.id());
    }

    private void tellLecturer(
            UUID id, Incoming incoming, BookingEvent event, SubjectVersions ledger, NoticeBatch tell) {
        Recipient lecturer = ledger.lecturer(id);
        if (lecturer == null) {
            awaited.add(id, incoming, event);
            ledger.of(event.subject()).awaits();
        } else {
            tell.add(
                    new NoticeRequest(lecturer, incoming.id(), event.asToldTo(id), incoming.traceparent()),
                    incoming.time());
        }
    }

    /** Notifies lecturers who have become known of what was kept for them about a booking. */
    private void tellAwaited(SubjectState standing, SubjectVersions ledger, NoticeBatch tell) {
        if (!standing.isAwaiting()) {
            return;
        }
        for (AwaitedLecturers.Awaited each : awaited.of(standing.subject())) {
            Recipient lecturer = ledger.lecturer(each.lecturer());
            if (lecturer != null) {
                awaited.remove(each);
                BookingEvent told = each.event().asToldTo(lecturer.id());
                tell.add(new NoticeRequest(lecturer, each.eventId(), told, each.traceparent()), each.time());
            }
        }
    }
}
