package org.lectern.scheduler.request;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.Horizon;
import org.lectern.scheduler.booking.BookingCommands;
import org.lectern.scheduler.booking.ConflictResolution;
import org.lectern.scheduler.booking.Locks;
import org.lectern.scheduler.request.FreedTimes.Change;
import org.lectern.scheduler.schedule.LectureRules;
import org.lectern.scheduler.schedule.search.OpenSlots;
import org.lectern.scheduler.schedule.search.OpenSlots.OpenSlot;

/**
 * Offers time that became free to waiting requests, the greatest need first, whatever freed it. An offer holds the
 * slot; when it ends unaccepted, that frees the time again.
 *
 * <p>The audit has every change with its states. A sweep reads what was committed since the last one and stores the
 * time it freed; both are one transaction, so no crash and no order of commits loses anything. Then it offers the
 * stored time. Any number of processes may run this.
 */
@ApplicationScoped
class WaitingList {

    private static final int BATCH = 1000;
    private static final int MOST_REQUESTS = 200;
    private static final int MOST_SLOTS = 20;
    private static final int MOST_PASSES = 10;

    /** Actions that free nothing; any other may. */
    private static final String FREES = """
            (e.kind IN ('AVAILABILITY', 'OPENING_HOURS', 'CALENDAR', 'LECTURER', 'VENUE', 'TOPIC')
             OR e.kind = 'BRANCH' AND e.state ->> 'parallel' = 'true'
             OR e.kind = 'BOOKING' AND e.version > 1
                AND e.action NOT IN ('CONFIRMED', 'EXTENDED', 'COMPLETED', 'CORRECTED', 'GUEST_JOINED'))""";

    private final LectureRequests requests;
    private final RequestCommands desk;
    private final BookingCommands bookings;
    private final FreedTimes freed;
    private final OpenSlots open;
    private final LectureRules rules;
    private final ConflictResolution settlement;
    private final RequestConfig config;
    private final Sql sql;
    private final Clock clock;

    @Inject
    WaitingList(
            LectureRequests requests,
            RequestCommands desk,
            BookingCommands bookings,
            FreedTimes freed,
            OpenSlots open,
            LectureRules rules,
            ConflictResolution settlement,
            RequestConfig config,
            Sql sql,
            Clock clock) {
        this.requests = requests;
        this.desk = desk;
        this.bookings = bookings;
        this.freed = freed;
        this.open = open;
        this.rules = rules;
        this.settlement = settlement;
        this.config = config;
        this.sql = sql;
        this.clock = clock;
    }

    private record Stored(UUID id, FreedTime time) {}

    @Scheduled(
            every = "{lectern.requests.sweep-interval}",
            delayed = "2s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        if (!config.offerFreedSlots()) {
            return;
        }
        Transactions.inNew(this::readChanges);
        for (Stored each : stored()) {
            try {
                offer(each.time());
                Transactions.inNew(() -> sql.update("DELETE FROM freed_time WHERE id = ?", each.id()));
            } catch (RuntimeException e) {
                // it stays for the next sweep, and keeps back nothing else
                Log.warnf("Freed time %s could not be offered yet (SQLSTATE %s)", each.id(), Transactions.sqlState(e));
            }
        }
    }

    private List<Stored> stored() {
        return sql.list(
                "SELECT * FROM freed_time ORDER BY from_at, id LIMIT ?",
                row -> new Stored(
                        row.id("id"),
                        new FreedTime(
                                row.idOrNull("lecturer_id"),
                                row.idOrNull("venue_id"),
                                row.idOrNull("branch_id"),
                                row.ids("topics"),
                                row.time("from_at"),
                                row.time("until_at"))),
                BATCH);
    }

    /**
     * Stores what the changes since the last sweep freed; one process at a time. Returns how many changes there were.
     */
    private int readChanges() {
        Horizon last = sql.one(
                        "SELECT snapshot FROM freed_horizon FOR UPDATE SKIP LOCKED",
                        row -> new Horizon(row.text("snapshot")))
                .orElse(null);
        if (last == null) {
            return 0;
        }
        Horizon now = Horizon.now(sql);
        List<Change> changes = List.of();
        Instant soonest = clock.instant().plus(config.minLeadTime());
        Instant until = requests.waitingUntil().orElse(soonest);
        if (until.isAfter(soonest)) {
            changes = sql.list(
                    "SELECT " + Change.COLUMNS + " FROM audit_entry e WHERE " + FREES + " AND "
                            + Horizon.after("e.written_in") + " ORDER BY e.id",
                    Change::of,
                    last.snapshot(),
                    last.snapshot());
            changes.stream()
                    .flatMap(change -> freed.of(change, soonest, until).stream())
                    .filter(time -> time.until().isAfter(soonest))
                    .distinct()
                    .forEach(this::store);
        }
        sql.update("UPDATE freed_horizon SET snapshot = ?", now.snapshot());
        return changes.size();
    }

    private void store(FreedTime time) {
        if (!requests.waitingFor(time, 1).isEmpty()) {
            sql.update(
                    """
                    INSERT INTO freed_time (id, lecturer_id, venue_id, branch_id, topics, from_at, until_at)
                    VALUES (?, ?, ?, ?, cast(? AS uuid[]), ?, ?)""",
                    Uuid7.next(),
                    time.lecturerId(),
                    time.venueId(),
                    time.branchId(),
                    time.topics(),
                    time.from(),
                    time.until());
        }
    }

    /** Offers the time until it suits no waiting request any more. */
    private void offer(FreedTime time) {
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            boolean offered = false;
            for (LectureRequest candidate : requests.waitingFor(time, MOST_REQUESTS)) {
                offered |= offer(time, candidate);
            }
            if (!offered) {
                return;
            }
        }
    }

    private boolean offer(FreedTime time, LectureRequest candidate) {
        for (OpenSlot slot : slots(time, candidate)) {
            try {
                if (settlement.settle(() -> Transactions.inNew(() -> offer(candidate, slot)))) {
                    return true;
                }
            } catch (Refusal refused) {
                // taken concurrently, or a rule is broken: try the next one
                Log.debugf("Request %s is not offered %s: %s", candidate.id(), slot, refused.code());
            }
        }
        return false;
    }

    /**
     * What the request could be offered now and not before, best first: lectures within the freed time, else those that
     * reach beyond it. Nothing that overlaps an earlier offer.
     */
    private List<OpenSlot> slots(FreedTime time, LectureRequest candidate) {
        String format = candidate.format() == null ? "lecture" : candidate.format();
        if (rules.isRemote(format) || !rules.formats().contains(format)) {
            return List.of(); // only an organizer provides a join link
        }
        Duration length = requests.length(candidate.topic().id());
        List<OpenSlot> within = slots(time, candidate, format, Duration.ZERO);
        return within.isEmpty() ? slots(time, candidate, format, length) : within;
    }

    /** @param beyond how far the lecture may begin before the freed time, and end after it */
    private List<OpenSlot> slots(FreedTime time, LectureRequest candidate, String format, Duration beyond) {
        Instant soonest = clock.instant().plus(config.minLeadTime());
        Map<UUID, List<Instant>> before = requests.offeredBefore(candidate.id());
        List<OpenSlot> slots = new ArrayList<>();
        for (LectureRequest.Range window : candidate.windows()) {
            Instant from = latest(latest(window.from(), time.from().minus(beyond)), soonest);
            Instant until = earliest(window.until(), time.until().plus(beyond));
            if (!from.isBefore(until)) {
                continue;
            }
            try {
                open
                        .of(
                                time.lecturerId(),
                                time.venueId(),
                                candidate.topic().id(),
                                candidate.branch().id(),
                                format,
                                candidate.expectedHeadCount(),
                                from,
                                until,
                                MOST_SLOTS)
                        .stream()
                        .filter(slot -> time.overlaps(slot.start(), slot.end()))
                        .filter(slot -> isNew(slot, before.getOrDefault(slot.lecturerId(), List.of())))
                        .forEach(slots::add);
            } catch (Refusal refused) {
                return List.of(); // the topic, the branch, the lecturer or the venue was archived
            }
        }
        return slots;
    }

    private static boolean isNew(OpenSlot slot, List<Instant> offered) {
        Duration length = Duration.between(slot.start(), slot.end());
        return offered.stream()
                .noneMatch(start -> start.isBefore(slot.end()) && slot.start().isBefore(start.plus(length)));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Returns whether the slot is held for the request; not if the request no longer waits. */
    private boolean offer(LectureRequest candidate, OpenSlot slot) {
        bookings.lockAll(Locks.none()
                .and(
                        slot.lecturerId(),
                        slot.venueId(),
                        Set.of(candidate.branch().id())));
        LectureRequest request = requests.locked(candidate.id());
        if (request.status() != RequestStatus.WAITING) {
            return false;
        }
        OffsetDateTime start = slot.start().atZone(request.zone()).toOffsetDateTime();
        OffsetDateTime end = slot.end().atZone(request.zone()).toOffsetDateTime();
        desk.offer(
                request,
                new AcceptRequest(slot.lecturerId(), slot.venueId(), null, null, start, end, null, null, null, null),
                Audit.SYSTEM);
        return true;
    }
}
