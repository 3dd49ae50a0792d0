package org.lectern.notification.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.AfterCommit;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.acknowledgement.Acknowledged;
import org.lectern.notification.acknowledgement.Answered;
import org.lectern.notification.directory.Breakers;
import org.lectern.notification.directory.Channels;
import org.lectern.notification.directory.EndpointSwitched;
import org.lectern.notification.event.BookingEvent;
import org.lectern.notification.notice.EndpointNotice;
import org.lectern.notification.notice.WrittenNotice;
import org.lectern.notification.notice.WrittenRepeat;
import org.lectern.notification.preference.PreferencesChanged;

/** All deliveries: how they come to be, what endpoints have to do with them, and what became of each. */
@ApplicationScoped
public class Deliveries {

    /** The share lock makes it wait for a change of the endpoint, so that nothing becomes READY for a switched-off one. */
    private static final String ENQUEUE = """
            INSERT INTO delivery (id, notice_id, endpoint_id, branch_id, subject_id, sequence, channel, state,
                                  next_attempt_at, expires_at, traceparent, created_at, gathers_from, waits_for)
            SELECT uuidv7(), n.id, n.endpoint_id, n.branch_id, n.subject_id, n.sequence, n.channel,
                   CASE WHEN n.usable THEN 'READY' ELSE 'PARKED' END, now() + n.pause * interval '1 millisecond',
                   n.expires_at, n.traceparent, ?, n.gathers_from, n.waits_for
            FROM (SELECT told.*, own.id AS endpoint_id, own.channel, own.usable
                  FROM unnest(cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS bigint[]),
                              cast(? AS bigint[]), cast(? AS timestamptz[]), cast(? AS text[]), cast(? AS bigint[]),
                              cast(? AS text[]))
                       told (id, branch_id, subject_id, sequence, pause, expires_at, traceparent, gathers_from, waits_for)
                  JOIN endpoint own ON own.branch_id = told.branch_id
                  WHERE own.removed_at IS NULL AND own.id <> told.subject_id -- what is about an endpoint goes to the others
                    AND (cast(? AS boolean) OR NOT own.fallback OR NOT EXISTS (
                            SELECT 1 FROM endpoint first
                            WHERE first.branch_id = own.branch_id AND NOT first.fallback AND first.removed_at IS NULL))
                  ORDER BY own.id
                  FOR SHARE OF own) n
            ORDER BY n.sequence""";

    /** What repeats a notice that is no longer the newest of its branch, and waits. */
    private static final String OUTDATE = """
            UPDATE delivery d
            SET state = 'SUPERSEDED', reason = 'superseded', finished_at = clock_timestamp()
            FROM unnest(cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS bigint[])) news (branch_id, booking_id, sequence)
            JOIN notice o ON o.booking_id = news.booking_id AND o.branch_id = news.branch_id AND o.sequence < news.sequence
            JOIN notice r ON r.repeats = o.id
            WHERE d.notice_id = r.id AND d.state IN ('READY', 'PARKED')""";

    /**
     * Of which bookings and requests something waits that may have become superfluous: mostly of none. The state is asked
     * with CASE, or PostgreSQL would go through all that waits for each of them, by an index of the unfinished.
     */
    private static final String WAITING = """
            SELECT DISTINCT d.subject_id FROM delivery d
            WHERE d.subject_id = ANY (?) AND CASE d.state WHEN 'READY' THEN true WHEN 'PARKED' THEN true ELSE false END""";

    private static final String ANSWERED = """
            UPDATE delivery d
            SET state = 'SUPERSEDED', reason = 'acknowledged', finished_at = clock_timestamp()
            FROM notice r
            WHERE d.notice_id = r.id AND r.repeats = ? AND r.kind <> 'REMINDER' AND d.state IN ('READY', 'PARKED')""";

    private static final String ANSWERED_OTHERWISE = """
            UPDATE delivery d
            SET state = 'SUPERSEDED', reason = 'answered', finished_at = clock_timestamp()
            FROM notice r
            WHERE d.notice_id = r.id AND r.repeats = ? AND r.kind IN ('REMINDER', 'ASKED_AGAIN', 'UNANSWERED')
              AND d.state IN ('READY', 'PARKED')""";

    private static final String LOOK = """
            SELECT d.id, d.notice_id, d.branch_id, n.booking_id, n.request_id, d.endpoint_id, d.channel, e.address, d.state,
                   d.reason, CASE WHEN d.state = 'READY' THEN d.waits_for END AS waits_for, d.superseded_by, d.fallback_for, d.attempts, d.next_attempt_at, d.created_at, d.finished_at,
                   n.title, n.body
            FROM delivery d JOIN endpoint e ON e.id = d.endpoint_id JOIN notice n ON n.id = d.notice_id""";

    private static final String COUNT = """
            WITH matching AS (SELECT n.id FROM notice n WHERE %s)
            SELECT n.notices, c.*
            FROM (SELECT count(*) AS notices FROM matching) n
            LEFT JOIN LATERAL (
                SELECT d.channel, count(*) AS total,
                       count(*) FILTER (WHERE d.state IN ('READY', 'LEASED')) AS waiting,
                       count(*) FILTER (WHERE d.state = 'DELIVERED') AS delivered,
                       count(*) FILTER (WHERE d.state = 'PARKED') AS parked,
                       count(*) FILTER (WHERE d.state = 'DEAD') AS dead,
                       count(*) FILTER (WHERE d.state = 'SUPERSEDED') AS superseded
                FROM delivery d WHERE d.notice_id IN (SELECT id FROM matching)
                GROUP BY d.channel) c ON true
            ORDER BY c.channel""";

    /** The endpoint's row is locked too: it must not be switched off in between. */
    private static final String RESENDABLE = """
            SELECT d.state, e.usable,
                   d.state = 'SUPERSEDED' OR EXISTS (SELECT 1 FROM delivery newer
                           WHERE newer.endpoint_id = d.endpoint_id AND newer.subject_id = d.subject_id
                             AND newer.sequence > d.sequence AND newer.state = 'DELIVERED') AS outdated
            FROM delivery d JOIN endpoint e ON e.id = d.endpoint_id
            WHERE d.id = ? FOR UPDATE OF d FOR SHARE OF e""";

    private final Sql sql;
    private final DeliveryConfig config;
    private final Gathering gathering;
    private final Breakers breakers;
    private final DeliveryWorker worker;
    private final AfterCommit afterCommit;
    private final Channels channels;
    private final DeliveryReports reports;
    private final Clock clock;

    @Inject
    Deliveries(
            Sql sql,
            DeliveryConfig config,
            Gathering gathering,
            Breakers breakers,
            DeliveryWorker worker,
            AfterCommit afterCommit,
            Channels channels,
            DeliveryReports reports,
            Clock clock) {
        this.sql = sql;
        this.config = config;
        this.gathering = gathering;
        this.breakers = breakers;
        this.worker = worker;
        this.afterCommit = afterCommit;
        this.channels = channels;
        this.reports = reports;
        this.clock = clock;
    }

    /**
     * Makes one delivery of each notice for each endpoint of its branch, in the running transaction. A lecture that is
     * over is recorded in the inbox and announced nowhere. What is not urgent waits a little for further changes.
     */
    public void enqueue(List<WrittenNotice> notices) {
        if (notices.isEmpty()) {
            return;
        }
        Set<UUID> waiting =
                Set.copyOf(sql.list(WAITING, row -> row.id("subject_id"), Sql.each(notices, WrittenNotice::subjectId)));
        if (!waiting.isEmpty()) {
            sql.update(
                    OUTDATE,
                    Sql.each(notices, WrittenNotice::branchId),
                    Sql.each(notices, WrittenNotice::subjectId),
                    Sql.each(notices, WrittenNotice::sequence));
        }
        Instant now = clock.instant();
        List<WrittenNotice> worthwhile = notices.stream()
                .filter(notice -> worthUntil(notice, now).isAfter(now))
                .toList();
        if (worthwhile.isEmpty()) {
            return;
        }
        int queued =
                enqueue(worthwhile.stream().map(notice -> queued(notice, now)).toList(), now, false);
        List<UUID> urgent = new ArrayList<>(gathering.takeIn(followers(worthwhile, waiting)));
        worthwhile.stream().filter(WrittenNotice::urgent).map(WrittenNotice::id).forEach(urgent::add);
        breakers.letThrough(urgent);
        if (queued > 0) {
            afterCommit.run(worker::wake);
        }
    }

    /** Those that may follow something that waits, about the same booking or request: from before, or one of these. */
    private static List<WrittenNotice> followers(List<WrittenNotice> notices, Set<UUID> waiting) {
        record Told(UUID branch, UUID subject) {}
        Set<Told> told = new HashSet<>();
        return notices.stream()
                .filter(notice -> !told.add(new Told(notice.branchId(), notice.subjectId()))
                        || waiting.contains(notice.subjectId()))
                .toList();
    }

    /** A notice as it is put into the queue. */
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
        boolean gathers = config.gatherFor().isPositive() && notice.draft().event() instanceof BookingEvent;
        boolean waits = gathers && !notice.urgent();
        return new Queued(
                notice.id(),
                notice.branchId(),
                notice.subjectId(),
                notice.sequence(),
                waits ? config.gatherFor().toMillis() : 0,
                worthUntil(notice, now),
                notice.traceparent(),
                gathers ? notice.sequence() : null,
                waits ? "further-changes" : null);
    }

    private int enqueue(List<Queued> notices, Instant now, boolean everywhere) {
        return sql.update(
                ENQUEUE,
                now,
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
     * Makes one delivery of a repeat for each endpoint of its branch, in the running transaction; it goes out at once.
     *
     * @param worthUntil when it has become worth nothing
     * @param everywhere whether endpoints get it too that otherwise only step in for others
     * @return how many
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
                clock.instant(),
                everywhere);
        if (queued > 0) {
            afterCommit.run(worker::wake);
        }
        return queued;
    }

    /**
     * Makes one delivery of a notice about an endpoint for each other endpoint of its branch, also for those that otherwise
     * only step in, in the running transaction.
     */
    public void announce(EndpointNotice notice) {
        Instant now = clock.instant();
        int queued = enqueue(
                List.of(new Queued(
                        notice.id(),
                        notice.branchId(),
                        notice.endpointId(),
                        notice.sequence(),
                        0,
                        now.plus(config.worthWithoutLecture()),
                        null,
                        null,
                        null)),
                now,
                true);
        if (queued > 0) {
            afterCommit.run(worker::wake);
        }
    }

    /** Nobody needs to be asked any more. */
    void follow(@Observes Acknowledged notice) {
        sql.update(ANSWERED, notice.noticeId());
    }

    /** The branch has answered: nobody is asked any more, and nobody told that it has not. */
    void follow(@Observes Answered notice) {
        sql.update(ANSWERED_OTHERWISE, notice.noticeId());
    }

    /** Until when it is worth telling; a lecture that is over is not announced any more. */
    private Instant worthUntil(WrittenNotice notice, Instant now) {
        Instant answerBy = notice.answerBy();
        if (answerBy != null) {
            return answerBy;
        }
        Instant lectureEnds = notice.lectureEnds();
        if (lectureEnds == null) {
            return now.plus(config.worthWithoutLecture());
        }
        return lectureEnds.isAfter(now) ? lectureEnds.plus(config.worthAfterLecture()) : now;
    }

    /** Parks, resumes or ends what waits for an endpoint, in the transaction that switches it. */
    void follow(@Observes EndpointSwitched endpoint) {
        switch (endpoint.to()) {
            case ENABLED -> {
                sql.update("""
                        UPDATE delivery SET state = 'READY' WHERE endpoint_id = ? AND state = 'PARKED'
                          AND EXISTS (SELECT 1 FROM endpoint e WHERE e.id = endpoint_id AND e.usable)""", endpoint.endpointId());
                // who switches it on expects to see at once whether it works now
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

    /** Lets what waits for quiet hours or a digest be looked at anew. */
    void follow(@Observes PreferencesChanged preferences) {
        sql.update("""
                UPDATE delivery SET next_attempt_at = clock_timestamp()
                WHERE branch_id = ? AND state = 'READY' AND waits_for IN ('quiet-hours', 'digest')""", preferences.branchId());
        afterCommit.run(worker::wake);
    }

    /** Deliveries that match, newest first. */
    List<DeliveryView> list(
            @Nullable UUID branch,
            @Nullable UUID subject,
            @Nullable DeliveryState state,
            @Nullable Cursor after,
            int limit) {
        var where = new ArrayList<String>();
        var parameters = new ArrayList<@Nullable Object>();
        if (branch != null) {
            where.add("d.branch_id = ?");
            parameters.add(branch);
        }
        if (subject != null) {
            where.add("d.subject_id = ?");
            parameters.add(subject);
        }
        if (state != null) {
            where.add("d.state = ?");
            parameters.add(state.name());
        }
        if (after != null) {
            where.add("(d.created_at, d.id) < (?, ?)");
            parameters.add(after.moment());
            parameters.add(after.id());
        }
        parameters.add(limit);
        return sql.list(
                LOOK + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where))
                        + " ORDER BY d.created_at DESC, d.id DESC LIMIT ?",
                this::view,
                parameters.toArray());
    }

    /** How many there are of the notices that match; all of one snapshot, so that they add up. */
    DeliveryCounts counts(
            @Nullable UUID booking, @Nullable UUID branch, @Nullable Instant from, @Nullable Instant until) {
        var where = new ArrayList<String>();
        var parameters = new ArrayList<@Nullable Object>();
        if (booking != null) {
            where.add("n.booking_id = ?");
            parameters.add(booking);
        }
        if (branch != null) {
            where.add("n.branch_id = ?");
            parameters.add(branch);
        }
        if (from != null) {
            // ids are in the order of time, and there is an index on them
            where.add("n.id >= ? AND n.created_at >= ?");
            parameters.add(Uuid7.firstAt(from));
            parameters.add(from);
        }
        if (until != null) {
            where.add("n.created_at < ?");
            parameters.add(until);
        }
        record Counted(int notices, DeliveryCounts.@Nullable OfChannel channel) {}
        List<Counted> counted = sql.list(
                COUNT.formatted(String.join(" AND ", where)),
                row -> new Counted(
                        row.number("notices"),
                        row.textOrNull("channel") == null
                                ? null
                                : new DeliveryCounts.OfChannel(
                                        row.text("channel"),
                                        row.number("total"),
                                        row.number("waiting"),
                                        row.number("delivered"),
                                        row.number("parked"),
                                        row.number("dead"),
                                        row.number("superseded"))),
                parameters.toArray());
        List<DeliveryCounts.OfChannel> channels = new ArrayList<>();
        for (Counted each : counted) {
            if (each.channel() != null) {
                channels.add(each.channel());
            }
        }
        return new DeliveryCounts(
                counted.getFirst().notices(),
                channels.stream().mapToInt(DeliveryCounts.OfChannel::total).sum(),
                channels);
    }

    Optional<DeliveryDetail> find(UUID id) {
        return sql.one(LOOK + " WHERE d.id = ?", this::view, id)
                .map(delivery -> new DeliveryDetail(
                        delivery,
                        sql.list(
                                """
                                SELECT number, started_at, outcome, answer,
                                       (extract(epoch FROM ended_at - started_at) * 1000)::bigint AS millis
                                FROM delivery_attempt WHERE delivery_id = ? ORDER BY number""",
                                row -> new DeliveryDetail.Attempt(
                                        row.number("number"),
                                        row.time("started_at"),
                                        row.textOrNull("outcome") == null ? null : row.bigNumber("millis"),
                                        row.textOrNull("outcome"),
                                        row.textOrNull("answer")),
                                id),
                        sql.list(
                                """
                                SELECT at, actor, reason, state_before, reason_before, attempts_before
                                FROM delivery_resend WHERE delivery_id = ? ORDER BY at, id""",
                                row -> new DeliveryDetail.Resend(
                                        row.time("at"),
                                        row.text("actor"),
                                        row.text("reason"),
                                        DeliveryState.valueOf(row.text("state_before")),
                                        row.textOrNull("reason_before"),
                                        row.number("attempts_before")),
                                id),
                        reports.of(id)));
    }

    /**
     * Sends it again: the same delivery, so that its id and with it what receivers recognise a repeat by stays, with a
     * new series of attempts. Who wanted it and why is written down in the same transaction.
     */
    DeliveryDetail resend(UUID id, String actor, String reason, boolean evenIfOutdated) {
        Transactions.inNew(() -> {
            Resendable delivery =
                    sql.one(RESENDABLE, Deliveries::resendable, id).orElseThrow(NotFound::new);
            if (delivery.state() == DeliveryState.LEASED) {
                throw NotResendable.underWay();
            }
            if (!delivery.endpointUsable()) {
                throw NotResendable.endpointNotInUse();
            }
            if (delivery.outdated() && !evenIfOutdated) {
                throw NotResendable.outdated();
            }
            sql.update("""
                    INSERT INTO delivery_resend
                        (id, delivery_id, at, actor, reason, state_before, reason_before, attempts_before)
                    SELECT uuidv7(), id, ?, ?, ?, state, reason, attempts FROM delivery WHERE id = ?""", clock.instant(), actor, reason, id);
            sql.update("""
                    UPDATE delivery
                    SET state = 'READY', reason = NULL, superseded_by = NULL, gathers_from = NULL, waits_for = NULL,
                        planned_at = NULL, finished_at = NULL, next_attempt_at = clock_timestamp(),
                        attempts_before = attempts, expires_at = greatest(expires_at, ?)
                    WHERE id = ?""", clock.instant().plus(config.worthAfterResend()), id);
            afterCommit.run(worker::wake);
            return id;
        });
        return find(id).orElseThrow(NotFound::new);
    }

    private record Resendable(DeliveryState state, boolean endpointUsable, boolean outdated) {}

    private static Resendable resendable(Row row) throws SQLException {
        return new Resendable(DeliveryState.valueOf(row.text("state")), row.flag("usable"), row.flag("outdated"));
    }

    private DeliveryView view(Row row) throws SQLException {
        String address = row.textOrNull("address");
        return new DeliveryView(
                row.id("id"),
                row.id("notice_id"),
                row.id("branch_id"),
                row.idOrNull("booking_id"),
                row.idOrNull("request_id"),
                row.id("endpoint_id"),
                row.text("channel"),
                address == null ? null : channels.masked(row.text("channel"), address),
                DeliveryState.valueOf(row.text("state")),
                row.textOrNull("reason"),
                row.textOrNull("waits_for"),
                row.idOrNull("superseded_by"),
                row.idOrNull("fallback_for"),
                row.text("title"),
                row.text("body"),
                row.number("attempts"),
                row.time("next_attempt_at"),
                row.time("created_at"),
                row.timeOrNull("finished_at"));
    }
}
