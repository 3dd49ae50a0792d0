package org.lectern.notification.delivery.log;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.AfterCommit;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.delivery.DeliveryConfig;
import org.lectern.notification.delivery.DeliveryState;
import org.lectern.notification.delivery.DeliveryWorker;
import org.lectern.notification.delivery.NotResendable;
import org.lectern.notification.directory.Channels;
import org.lectern.notification.directory.RecipientKind;

/** The delivery log, and manual resends. */
@ApplicationScoped
class DeliveryLog {

    private static final String LOOK = """
            SELECT d.id, d.notice_id, d.branch_id, n.booking_id, n.request_id, d.endpoint_id, d.channel, e.address, d.state,
                   d.reason, CASE WHEN d.state = 'READY' THEN d.waits_for END AS waits_for, d.superseded_by, d.fallback_for, d.attempts, d.next_attempt_at, d.created_at, d.finished_at,
                   n.title, n.body, (SELECT r.kind FROM recipient r WHERE r.id = d.branch_id) AS recipient
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

    /** Locks the endpoint's row too, so that it cannot be disabled in between. */
    private static final String RESENDABLE = """
            SELECT d.state, e.usable,
                   d.state = 'SUPERSEDED' OR EXISTS (SELECT 1 FROM delivery newer
                           WHERE newer.endpoint_id = d.endpoint_id AND newer.subject_id = d.subject_id
                             AND newer.sequence > d.sequence AND newer.state = 'DELIVERED') AS outdated
            FROM delivery d JOIN endpoint e ON e.id = d.endpoint_id
            WHERE d.id = ? FOR UPDATE OF d FOR SHARE OF e""";

    private final Sql sql;
    private final DeliveryConfig config;
    private final DeliveryWorker worker;
    private final AfterCommit afterCommit;
    private final Channels channels;
    private final DeliveryReports reports;
    private final Clock clock;

    @Inject
    DeliveryLog(
            Sql sql,
            DeliveryConfig config,
            DeliveryWorker worker,
            AfterCommit afterCommit,
            Channels channels,
            DeliveryReports reports,
            Clock clock) {
        this.sql = sql;
        this.config = config;
        this.worker = worker;
        this.afterCommit = afterCommit;
        this.channels = channels;
        this.reports = reports;
        this.clock = clock;
    }

    /** The matching deliveries, newest first. */
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

    /** The counts for matching notices, from one snapshot, so that they add up. */
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
            // ids are ordered by time, and an index exists for them
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
     * Resends a delivery under the same id, so that receivers can recognise the repeat, with a new series of attempts.
     * The actor and the reason are recorded in the same transaction.
     */
    DeliveryDetail resend(UUID id, String actor, String reason, boolean allowOutdated) {
        Transactions.inNew(() -> {
            Resendable delivery =
                    sql.one(RESENDABLE, DeliveryLog::resendable, id).orElseThrow(NotFound::new);
            if (delivery.state() == DeliveryState.LEASED) {
                throw NotResendable.underWay();
            }
            if (!delivery.endpointUsable()) {
                throw NotResendable.endpointNotInUse();
            }
            if (delivery.outdated() && !allowOutdated) {
                throw NotResendable.outdated();
            }
            sql.update("""
                    INSERT INTO delivery_resend
                        (id, delivery_id, at, actor, reason, state_before, reason_before, attempts_before)
                    SELECT uuidv7(), id, ?, ?, ?, state, reason, attempts FROM delivery WHERE id = ?""", clock.instant(), actor, reason, id);
            sql.update("""
                    UPDATE delivery
                    SET state = 'READY', reason = NULL, superseded_by = NULL, coalesces_from = NULL, waits_for = NULL,
                        planned_at = NULL, finished_at = NULL, next_attempt_at = clock_timestamp(),
                        attempts_before = attempts, expires_at = greatest(expires_at, ?)
                    WHERE id = ?""", clock.instant().plus(config.expiresAfterResend()), id);
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
        RecipientKind kind = RecipientKind.valueOf(row.text("recipient"));
        return new DeliveryView(
                row.id("id"),
                row.id("notice_id"),
                kind.branch(row.id("branch_id")),
                kind.lecturer(row.id("branch_id")),
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
