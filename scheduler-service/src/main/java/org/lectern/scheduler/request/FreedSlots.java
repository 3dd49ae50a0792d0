package org.lectern.scheduler.request;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.Refusal;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.booking.BookingCommands;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.ConflictResolution;
import org.lectern.scheduler.booking.Locks;
import org.lectern.scheduler.schedule.LectureRules;
import org.lectern.scheduler.schedule.search.OpenSlots;
import org.lectern.scheduler.schedule.search.OpenSlots.OpenSlot;

/**
 * Offers a lecturer's freed time to waiting requests, the greatest need first, one at a time. An offer holds the slot.
 * When an offer ends unaccepted, the end of the hold frees the time again.
 *
 * <p>A freed slot is a row, written with the change that freed it. It is deleted in the transaction that holds the slot
 * for a request, or when it suits no request. Any number of processes may run this, and a crash loses nothing.
 */
@ApplicationScoped
class FreedSlots {

    private static final int BATCH = 20;
    private static final int MOST_CANDIDATES = 20;
    private static final int MOST_TIMES = 5;

    private final LectureRequests requests;
    private final RequestCommands desk;
    private final BookingCommands bookings;
    private final OpenSlots open;
    private final LectureRules rules;
    private final ConflictResolution settlement;
    private final RequestConfig config;
    private final Sql sql;
    private final Clock clock;

    @Inject
    FreedSlots(
            LectureRequests requests,
            RequestCommands desk,
            BookingCommands bookings,
            OpenSlots open,
            LectureRules rules,
            ConflictResolution settlement,
            RequestConfig config,
            Sql sql,
            Clock clock) {
        this.requests = requests;
        this.desk = desk;
        this.bookings = bookings;
        this.open = open;
        this.rules = rules;
        this.settlement = settlement;
        this.config = config;
        this.sql = sql;
        this.clock = clock;
    }

    /** A lecturer's time that a version of a booking freed. */
    record Slot(UUID booking, int version, UUID lecturer, Instant start, Instant end) {}

    /** Records that a booking no longer occupies its previous slot. */
    void note(BookingView booking, BookingView before) {
        if (config.offerFreedSlots() && before.start().toInstant().isAfter(clock.instant())) {
            sql.update(
                    "INSERT INTO freed_slot (booking_id, version, lecturer_id, starts_at, ends_at) VALUES (?, ?, ?, ?, ?)",
                    booking.id(),
                    booking.version(),
                    before.lecturer().id(),
                    before.start().toInstant(),
                    before.end().toInstant());
        }
    }

    @Scheduled(
            every = "{lectern.requests.sweep-interval}",
            delayed = "2s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void offer() {
        if (!config.offerFreedSlots()) {
            return;
        }
        Instant soonest = clock.instant().plus(config.minLeadTime());
        Transactions.inNew(() -> sql.update("DELETE FROM freed_slot WHERE starts_at < ?", soonest));
        List<Slot> slots;
        do {
            slots = sql.list(
                    "SELECT * FROM freed_slot ORDER BY starts_at, booking_id LIMIT ?",
                    row -> new Slot(
                            row.id("booking_id"),
                            row.number("version"),
                            row.id("lecturer_id"),
                            row.time("starts_at"),
                            row.time("ends_at")),
                    BATCH);
            slots.forEach(this::offer);
        } while (slots.size() == BATCH);
    }

    private void offer(Slot slot) {
        for (LectureRequest candidate : requests.waitingFor(slot, MOST_CANDIDATES)) {
            for (OpenSlot time : times(slot, candidate)) {
                try {
                    if (settlement.settle(() -> Transactions.inNew(() -> offer(slot, candidate, time)))) {
                        return;
                    }
                } catch (Refusal refused) {
                    // taken concurrently, or a rule is broken: try the next one
                    Log.debugf("Request %s is not offered %s: %s", candidate.id(), slot, refused.code());
                }
            }
        }
        Transactions.inNew(() -> forget(slot));
    }

    private List<OpenSlot> times(Slot slot, LectureRequest candidate) {
        String format = candidate.format() == null ? "lecture" : candidate.format();
        if (rules.isRemote(format) || !rules.formats().contains(format)) {
            return List.of(); // only an organizer provides a join link
        }
        try {
            return open
                    .of(
                            slot.lecturer(),
                            candidate.topic().id(),
                            candidate.branch().id(),
                            format,
                            candidate.expectedHeadCount(),
                            slot.start(),
                            slot.end(),
                            MOST_TIMES)
                    .stream()
                    .filter(time -> candidate.suits(time.start(), time.end()))
                    .toList();
        } catch (Refusal refused) {
            return List.of(); // the topic or the branch was archived
        }
    }

    /** Returns true if the slot is held for the request, or if another process has handled it. */
    private boolean offer(Slot slot, LectureRequest candidate, OpenSlot time) {
        bookings.lockAll(Locks.none()
                .and(slot.lecturer(), time.venueId(), Set.of(candidate.branch().id())));
        LectureRequest request = requests.locked(candidate.id());
        if (request.status() != RequestStatus.WAITING) {
            return false;
        }
        if (!forget(slot)) {
            return true;
        }
        OffsetDateTime start = time.start().atZone(request.zone()).toOffsetDateTime();
        OffsetDateTime end = time.end().atZone(request.zone()).toOffsetDateTime();
        desk.offer(
                request,
                new AcceptRequest(slot.lecturer(), time.venueId(), null, null, start, end, null, null, null, null),
                Audit.SYSTEM);
        return true;
    }

    private boolean forget(Slot slot) {
        return sql.update("DELETE FROM freed_slot WHERE booking_id = ? AND version = ?", slot.booking(), slot.version())
                == 1;
    }
}
