package org.lectern.notification.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.directory.EmailAddress;
import org.lectern.notification.directory.EndpointSwitched;
import org.lectern.notification.notice.WrittenNotice;
import org.lectern.notification.page.Cursor;
import org.lectern.notification.problem.InvalidRequest;
import org.lectern.notification.transaction.AfterCommit;
import org.lectern.notification.transaction.Sql;
import org.lectern.notification.transaction.Sql.Row;

/** All deliveries: how they come to be, what endpoints have to do with them, and what became of each. */
@ApplicationScoped
public class Deliveries {

    /** The share lock makes it wait for a change of the endpoint, so that nothing becomes READY for a switched-off one. */
    private static final String ENQUEUE = """
            INSERT INTO delivery (id, notice_id, endpoint_id, branch_id, subject_id, sequence, channel, state,
                                  next_attempt_at, expires_at, traceparent, created_at)
            SELECT uuidv7(), ?, e.id, e.branch_id, ?, ?, e.channel,
                   CASE WHEN e.enabled THEN 'READY' ELSE 'PARKED' END, now(), ?, ?, ?
            FROM (SELECT * FROM endpoint WHERE branch_id = ? AND removed_at IS NULL FOR SHARE) e
            ON CONFLICT (notice_id, endpoint_id) DO NOTHING""";

    private static final String LOOK = """
            SELECT d.id, d.notice_id, d.branch_id, n.booking_id, n.request_id, d.endpoint_id, d.channel, e.address, d.state,
                   d.reason, d.attempts, d.next_attempt_at, d.created_at, d.finished_at
            FROM delivery d JOIN endpoint e ON e.id = d.endpoint_id JOIN notice n ON n.id = d.notice_id""";

    private final Sql sql;
    private final DeliveryConfig config;
    private final DeliveryWorker worker;
    private final AfterCommit afterCommit;
    private final Clock clock;

    @Inject
    Deliveries(Sql sql, DeliveryConfig config, DeliveryWorker worker, AfterCommit afterCommit, Clock clock) {
        this.sql = sql;
        this.config = config;
        this.worker = worker;
        this.afterCommit = afterCommit;
        this.clock = clock;
    }

    /**
     * Makes one delivery of each notice for each endpoint of its branch, in the running transaction. A lecture that is
     * over is recorded in the inbox and announced nowhere.
     */
    public void enqueue(List<WrittenNotice> notices) {
        Instant now = clock.instant();
        int queued = 0;
        for (WrittenNotice notice : notices) {
            Instant end = worthUntil(notice, now);
            if (end.isAfter(now)) {
                queued += sql.update(
                        ENQUEUE,
                        notice.id(),
                        notice.subjectId(),
                        notice.sequence(),
                        end,
                        notice.traceparent(),
                        now,
                        notice.branchId());
            }
        }
        if (queued > 0) {
            afterCommit.run(worker::wake);
        }
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
                sql.update(
                        "UPDATE delivery SET state = 'READY' WHERE endpoint_id = ? AND state = 'PARKED'",
                        endpoint.endpointId());
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
            parameters.add(time(after.key()));
            parameters.add(after.id());
        }
        parameters.add(limit);
        return sql.list(
                LOOK + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where))
                        + " ORDER BY d.created_at DESC, d.id DESC LIMIT ?",
                Deliveries::view,
                parameters.toArray());
    }

    Optional<DeliveryDetail> find(UUID id) {
        return sql.one(LOOK + " WHERE d.id = ?", Deliveries::view, id)
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
                                id)));
    }

    private static Instant time(String key) {
        try {
            return Instant.parse(key);
        } catch (DateTimeException e) {
            throw new InvalidRequest("?cursor", "cursor.not-ours");
        }
    }

    private static DeliveryView view(Row row) throws SQLException {
        String address = row.textOrNull("address");
        return new DeliveryView(
                row.id("id"),
                row.id("notice_id"),
                row.id("branch_id"),
                row.idOrNull("booking_id"),
                row.idOrNull("request_id"),
                row.id("endpoint_id"),
                row.text("channel"),
                address == null ? null : EmailAddress.masked(address),
                DeliveryState.valueOf(row.text("state")),
                row.textOrNull("reason"),
                row.number("attempts"),
                row.time("next_attempt_at"),
                row.time("created_at"),
                row.timeOrNull("finished_at"));
    }
}
