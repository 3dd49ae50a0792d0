package org.lectern.notification.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.AfterCommit;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.acknowledgement.Acknowledged;
import org.lectern.notification.acknowledgement.Answered;
import org.lectern.notification.directory.EndpointSwitched;
import org.lectern.notification.directory.breaker.Breakers;
import org.lectern.notification.event.BookingEvent;
import org.lectern.notification.notice.DaySheetNotice;
import org.lectern.notification.notice.EndpointNotice;
import org.lectern.notification.notice.WrittenNotice;
import org.lectern.notification.notice.WrittenRepeat;
import org.lectern.notification.preference.PreferencesChanged;

/** Enqueues deliveries of notices. Ends or parks deliveries that are no longer needed. */
@ApplicationScoped
public class Deliveries {

    /**
     * The share lock waits for a concurrent change of the endpoint, so that no delivery becomes READY for a disabled
     * one.
     */
    private static final String ENQUEUE = """
            INSERT INTO delivery (id, notice_id, endpoint_id, branch_id, subject_id, sequence, channel, state,
                                  next_attempt_at, expires_at, traceparent, created_at, coalesces_from, waits_for)
            SELECT uuidv7(), n.id, n.endpoint_id, n.branch_id, n.subject_id, n.sequence, n.channel,
                   CASE WHEN n.usable THEN 'READY' ELSE 'PARKED' END, now() + n.pause * interval '1 millisecond',
                   n.expires_at, n.traceparent, clock_timestamp(), n.coalesces_from, n.waits_for
            FROM (SELECT wanted.*, own.id AS endpoint_id, own.channel, own.usable
                  FROM unnest(cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS bigint[]),
                              cast(? AS bigint[]), cast(? AS timestamptz[]), cast(? AS text[]), cast(? AS bigint[]),
                              cast(? AS text[]))
                       wanted (id, branch_id, subject_id, sequence, pause, expires_at, traceparent, coalesces_from, waits_for)
                  JOIN endpoint own ON own.branch_id = wanted.branch_id
                  WHERE own.removed_at IS NULL AND own.id <> wanted.subject_id -- such notices go to other endpoints
                    AND (cast(? AS boolean) OR NOT own.fallback OR NOT EXISTS (
                            SELECT 1 FROM endpoint first
                            WHERE first.branch_id = own.branch_id AND NOT first.fallback AND first.removed_at IS NULL))
                  ORDER BY own.id
                  FOR SHARE OF own) n
            ORDER BY n.sequence""";

    /** A waiting repeat of a notice that is no longer the newest of its branch. */
    private static final String OUTDATE = """
            UPDATE delivery d
            SET state = 'SUPERSEDED', reason = 'superseded', finished_at = clock_timestamp()
            FROM unnest(cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS bigint[])) news (branch_id, booking_id, sequence)
            JOIN notice o ON o.booking_id = news.booking_id AND o.branch_id = news.branch_id AND o.sequence < news.sequence
            JOIN notice r ON r.repeats = o.id
            WHERE d.notice_id = r.id AND d.state IN ('READY', 'PARKED')""";

    /**
     * The database's time, which also ends deliveries, and the bookings and requests with waiting deliveries that may
     * be superfluous; usually none. The CASE keeps PostgreSQL from scanning all waiting deliveries by a partial index.
     */
    private static final String WAITING = """
            SELECT clock_timestamp() AS now, ARRAY(
                SELECT DISTINCT cast(d.subject_id AS text) FROM delivery d
                WHERE d.subject_id = ANY (?)
                  AND CASE d.state WHEN 'READY' THEN true WHEN 'PARKED' THEN true ELSE false END) AS waiting""";

    private static final String ANSWERED = """
            UPDATE delivery d
            SET state = 'SUPERSEDED', reason = 'acknowledged', finished_at = clock_timestamp()
            FROM notice r
            WHERE d.notice_id = r.id AND r.repeats = ? AND r.kind <> 'REMINDER' AND d.state IN ('READY', 'PARKED')""";

    private static final String ANSWERED_OTHERWISE = """
            UPDATE delivery d
            SET state = 'SUPERSEDED', reason = 'answered', finished_at = clock_timestamp()
            FROM notice r
            WHERE d.notice_id = r.id AND r.repeats = ? AND r.kind IN ('REMINDER', 'ACKNOWLEDGEMENT_OVERDUE', 'ESCALATED')
              AND d.state IN ('READY', 'PARKED')""";

    private final Sql sql;
    private final DeliveryConfig config;
    private final Coalescing gathering;
    private final Breakers breakers;
    private final DeliveryWorker worker;
    private final AfterCommit afterCommit;

    @Inject
    Deliveries(
            Sql sql,
            DeliveryConfig config,
            Coalescing gathering,
            Breakers breakers,
            DeliveryWorker worker,
            AfterCommit afterCommit) {
        this.sql = sql;
        this.config = config;
        this.gathering = gathering;
        this.breakers = breakers;
        this.worker = worker;
        this.afterCommit = afterCommit;
    }

    /**
     * Enqueues one delivery of each notice for each endpoint of its branch, in the running transaction. A notice of a
     * past lecture goes to the inbox only. Notices that are not urgent wait for further changes.
     */
    public void enqueue(List<WrittenNotice> notices) {
        if (notices.isEmpty()) {
            return;
        }
        record Present(Instant now, Set<UUID> waiting) {}
        Present present = sql.one(
                        WAITING,
                        row -> new Present(
                                row.time("now"),
                                row.texts("waiting").stream()
                                        .map(UUID::fromString)
                                        .collect(Collectors.toSet())),
                        Sql.each(notices, WrittenNotice::subjectId))
                .orElseThrow();
        Set<UUID> waiting = present.waiting();
        if (!waiting.isEmpty()) {
            sql.update(
                    OUTDATE,
                    Sql.each(notices, WrittenNotice::branchId),
                    Sql.each(notices, WrittenNotice::subjectId),
                    Sql.each(notices, WrittenNotice::sequence));
        }
        Instant now = present.now();
        List<WrittenNotice> worthwhile = notices.stream()
                .filter(notice -> worthUntil(notice, now).isAfter(now))
                .toList();
        if (worthwhile.isEmpty()) {
            return;
        }
        int queued =
                enqueue(worthwhile.stream().map(notice -> queued(notice, now)).toList(), false);
        List<UUID> urgent = new ArrayList<>(gathering.takeIn(followers(worthwhile, waiting)));
        worthwhile.stream().filter(WrittenNotice::urgent).map(WrittenNotice::id).forEach(urgent::add);
        breakers.letThrough(urgent);
        if (queued > 0) {
            afterCommit.run(worker::wake);
        }
    }

    /** Notices that may follow a waiting one about the same booking or request, from earlier or among these. */
    private static List<WrittenNotice> followers(List<WrittenNotice> notices, Set<UUID> waiting) {
        record NotifiedBranch(UUID branch, UUID subject) {}
        Set<NotifiedBranch> wanted = new HashSet<>();
        return notices.stream()
                .filter(notice -> !wanted.add(new NotifiedBranch(notice.branchId(), notice.subjectId()))
                        || waiting.contains(notice.subjectId()))
                .toList();
    }

    /** A notice as it enters the queue. */
    private record Queued(
            UUID id,
            UUID branchId,
            UUID subjectId,
            long sequence,
            long pauseMillis,
            Instant worthUntil,
            @Nullable String traceparent,
            @Nullable Long gathersFrom,
            @Nullable String waitsFor) {}

    private Queued queued(WrittenNotice notice, Instant now) {
        boolean gathers =
                config.coalescingWindow().isPositive() && notice.draft().event() instanceof BookingEvent;
        boolean waits = gathers && !notice.urgent();
        return new Queued(
                notice.id(),
                notice.branchId(),
                notice.subjectId(),
                notice.sequence(),
                waits ? config.coalescingWindow().toMillis() : 0,
                worthUntil(notice, now),
                notice.traceparent(),
                gathers ? notice.sequence() : null,
                waits ? "further-changes" : null);
    }

    private int enqueue(List<Queued> notices, boolean everywhere) {
        return sql.update(
                ENQUEUE,
                Sql.each(notices, Queued::id),
                Sql.each(notices, Queued::branchId),
                Sql.each(notices, Queued::subjectId),
                Sql.each(notices, Queued::sequence),
                Sql.each(notices, Queued::pauseMillis),
                Sql.each(notices, Queued::worthUntil),
                Sql.each(notices, Queued::traceparent),
                Sql.each(notices, Queued::gathersFrom),
                Sql.each(notices, Queued::waitsFor),
                everywhere);
    }

    /**
     * Enqueues one delivery of a repeat for each endpoint of its branch, in the running transaction, without waiting.
     *
     * @param worthUntil the expiry of the deliveries
     * @param everywhere whether fallback endpoints receive it too
     * @return the number of deliveries
     */
    public int repeat(WrittenRepeat repeat, Instant worthUntil, boolean everywhere) {
        int queued = enqueue(
                List.of(new Queued(
                        repeat.id(),
                        repeat.branchId(),
                        repeat.bookingId(),
                        repeat.sequence(),
                        0,
                        worthUntil,
                        null,
                        null,
                        null)),
                everywhere);
        if (queued > 0) {
            afterCommit.run(worker::wake);
        }
        return queued;
    }

    /**
     * Enqueues one delivery of a notice about an endpoint for each other endpoint of its branch, including fallbacks.
     * Runs in the running transaction.
     */
    public void announce(EndpointNotice notice) {
        Instant now = sql.one("SELECT clock_timestamp() AS now", row -> row.time("now"))
                .orElseThrow();
        int queued = enqueue(
                List.of(new Queued(
                        notice.id(),
                        notice.branchId(),
                        notice.endpointId(),
                        notice.sequence(),
                        0,
                        now.plus(config.expiresWithoutLecture()),
                        null,
                        null,
                        null)),
                true);
        if (queued > 0) {
            afterCommit.run(worker::wake);
        }
    }

    /** Enqueues one delivery of a day sheet for each endpoint of its lecturer, in the running transaction. */
    public int announce(DaySheetNotice sheet) {
        int queued = enqueue(
                List.of(new Queued(
                        sheet.id(),
                        sheet.lecturerId(),
                        sheet.sheet(),
                        sheet.sequence(),
                        0,
                        sheet.worthUntil(),
                        null,
                        null,
                        null)),
                false);
        if (queued > 0) {
            afterCommit.run(worker::wake);
        }
        return queued;
    }

    /** Ends the waiting deliveries of a notice that is no longer true. */
    public void outdate(UUID notice) {
        sql.update("""
                UPDATE delivery SET state = 'SUPERSEDED', reason = 'answered', finished_at = clock_timestamp()
                WHERE notice_id = ? AND state IN ('READY', 'PARKED')""", notice);
    }

    /** Ends waiting repeats of the notice, except reminders of the lecture. */
    void follow(@Observes Acknowledged notice) {
        sql.update(ANSWERED, notice.noticeId());
    }

    /** Ends waiting reminders and escalations after an answer. */
    void follow(@Observes Answered notice) {
        sql.update(ANSWERED_OTHERWISE, notice.noticeId());
    }

    /** The expiry of a notice. A lecture that is over is not announced any more. */
    private Instant worthUntil(WrittenNotice notice, Instant now) {
        Instant answerBy = notice.answerBy();
        if (answerBy != null) {
            return answerBy;
        }
        Instant lectureEnds = notice.lectureEnds();
        if (lectureEnds == null) {
            return now.plus(config.expiresWithoutLecture());
        }
        return lectureEnds.isAfter(now) ? lectureEnds.plus(config.expiresAfterLecture()) : now;
    }

    /** Parks, resumes or ends waiting deliveries for an endpoint, in the transaction that switches it. */
    void follow(@Observes EndpointSwitched endpoint) {
        switch (endpoint.to()) {
            case ENABLED -> {
                sql.update("""
                        UPDATE delivery SET state = 'READY' WHERE endpoint_id = ? AND state = 'PARKED'
                          AND EXISTS (SELECT 1 FROM endpoint e WHERE e.id = endpoint_id AND e.usable)""", endpoint.endpointId());
                // a person who enables an endpoint expects an attempt at once
                sql.update("DELETE FROM endpoint_breaker WHERE endpoint_id = ?", endpoint.endpointId());
                afterCommit.run(worker::wake);
            }
            case DISABLED ->
                sql.update(
                        "UPDATE delivery SET state = 'PARKED' WHERE endpoint_id = ? AND state = 'READY'",
                        endpoint.endpointId());
            case REMOVED -> sql.update("""
                        UPDATE delivery
                        SET state = 'DEAD', reason = 'endpoint-removed', finished_at = clock_timestamp()
                        WHERE endpoint_id = ? AND state IN ('READY', 'PARKED')""", endpoint.endpointId());
        }
    }

    /** Reschedules deliveries that wait for quiet hours or a digest. */
    void follow(@Observes PreferencesChanged preferences) {
        sql.update("""
                UPDATE delivery SET next_attempt_at = clock_timestamp()
                WHERE branch_id = ? AND state = 'READY' AND waits_for IN ('quiet-hours', 'digest')""", preferences.branchId());
        afterCommit.run(worker::wake);
    }
}
