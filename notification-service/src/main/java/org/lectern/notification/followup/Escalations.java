package org.lectern.notification.followup;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.AfterCommit;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.calendar.Calendars;
import org.lectern.notification.delivery.Deliveries;
import org.lectern.notification.directory.Recipient;
import org.lectern.notification.directory.RecipientKind;
import org.lectern.notification.directory.Recipients;
import org.lectern.notification.directory.Scope;
import org.lectern.notification.notice.Lecture;
import org.lectern.notification.notice.Repeats;
import org.lectern.notification.notice.SubjectLock;
import org.lectern.notification.notice.WrittenRepeat;
import org.lectern.notification.time.DueWindow;

/**
 * Escalates a missing acknowledgement step by step, each step at most once per notice. It ends with the
 * acknowledgement, with a later notice (which has its own steps), or with the lecture.
 *
 * <p>A step is one transaction: its notices, its deliveries, and the row that marks it as taken. So it is atomic, and
 * any number of processes may run without a lease. The lock on the booking's row keeps newer notices out.
 */
@ApplicationScoped
class Escalations {

    private static final Logger LOG = Logger.getLogger(Escalations.class);

    /** Whether a notice still waits for an answer: it has none, and it is the branch's newest. */
    private static final String WAITS = """
            n.ends_at > now()
              AND NOT EXISTS (SELECT 1 FROM acknowledgement a WHERE a.notice_id = n.id)
              AND NOT EXISTS (SELECT 1 FROM calendar_answer x
                              WHERE x.notice_id = n.id AND x.kind IN ('DECLINED', 'COUNTER'))
              AND NOT EXISTS (SELECT 1 FROM lecturer_answer w
                              WHERE w.booking_id = n.booking_id AND w.lecturer_id = n.branch_id
                                AND w.state IN ('ACCEPTED', 'DECLINED') AND w.booking_version <= n.version)
              AND NOT EXISTS (
                  SELECT 1 FROM notice later
                  WHERE later.booking_id = n.booking_id AND later.branch_id = n.branch_id
                    AND later.repeats IS NULL AND later.sequence > n.sequence)
            """;

    /** Timed by the database's clock. A cancellation of a lecture that the branch never knew of needs no answer. */
    private static final String DUE = """
            SELECT n.id, n.branch_id, n.booking_id, n.created_at, next.step,
                   CASE WHEN n.created_at + next.after_ms * interval '1 millisecond' <= now()
                        THEN 'no-answer' ELSE 'lecture-is-near' END AS reason
            FROM notice n
            JOIN recipient b ON b.id = n.branch_id AND NOT b.archived
                -- who has no endpoint is not expected to look at an inbox; the list of those not reached names the lecturer
                AND (b.kind = 'BRANCH' OR EXISTS (
                    SELECT 1 FROM endpoint e WHERE e.branch_id = b.id AND e.removed_at IS NULL))
            JOIN calendar_revision c ON c.notice_id = n.id
            CROSS JOIN LATERAL (
                SELECT l.* FROM unnest(cast(? AS text[]), cast(? AS bigint[]), cast(? AS bigint[]))
                                WITH ORDINALITY l (step, after_ms, before_ms, place)
                WHERE NOT EXISTS (SELECT 1 FROM escalation e WHERE e.notice_id = n.id AND e.step = l.step)
                ORDER BY l.place LIMIT 1) next
            CROSS JOIN LATERAL (
                SELECT coalesce(max(e.at), n.created_at) AS at FROM escalation e WHERE e.notice_id = n.id) last
            WHERE n.repeats IS NULL AND n.booking_id IS NOT NULL AND NOT n.silent AND\s""" + WAITS + """
              AND last.at + ? * interval '1 millisecond' <= now()
              AND least(n.created_at + next.after_ms * interval '1 millisecond',
                        n.starts_at - next.before_ms * interval '1 millisecond') <= now()
              AND (NOT c.cancelled OR EXISTS (
                  SELECT 1 FROM notice earlier
                  WHERE earlier.booking_id = n.booking_id AND earlier.branch_id = n.branch_id
                    AND earlier.sequence < n.sequence
                    AND (earlier.read_at IS NOT NULL OR EXISTS (
                        SELECT 1 FROM delivery d WHERE d.notice_id = earlier.id AND d.state = 'DELIVERED'))))
            """;

    private static final String FIRST = " ORDER BY n.starts_at, n.id LIMIT ?";
    private static final String ALL_DUE = DUE + FIRST;

    /**
     * A step becomes due when the last of its conditions is met: time since the notice, time before the lecture,
     * patience.
     */
    private static final String OF_LATE = DUE + """
            AND n.id = ANY (ARRAY(
                SELECT w.id FROM unnest(cast(? AS bigint[])) passed (ms) JOIN notice w
                    ON w.created_at > now() - (passed.ms + ?) * interval '1 millisecond'
                   AND w.created_at <= now() - passed.ms * interval '1 millisecond'
                UNION
                SELECT w.id FROM unnest(cast(? AS bigint[])) ahead (ms) JOIN notice w
                    ON w.starts_at > now() + (ahead.ms - ?) * interval '1 millisecond'
                   AND w.starts_at <= now() + ahead.ms * interval '1 millisecond'
                   AND w.repeats IS NULL AND w.booking_id IS NOT NULL
                UNION
                SELECT e.notice_id FROM escalation e
                WHERE e.at > now() - (? + ?) * interval '1 millisecond' AND e.at <= now() - ? * interval '1 millisecond'))
            """ + FIRST;

    private static final String ONE_DUE = DUE + " AND n.id = ?";

    private static final String LOOK = """
            SELECT e.id, e.notice_id, e.branch_id, b.kind AS recipient, b.code, b.name, e.booking_id, n.version, n.title, n.starts_at, e.step,
                   e.reason, e.at, e.notified_branch_id, e.sent_notice_id, e.endpoints, (%s) AS open
            FROM escalation e JOIN notice n ON n.id = e.notice_id JOIN recipient b ON b.id = e.branch_id
            """.formatted(WAITS);

    private final EscalationPolicy ladder;
    private final DueWindow lookBack;
    private final EscalationConfig config;
    private final Recipients branches;
    private final Calendars calendars;
    private final Repeats repeats;
    private final Deliveries deliveries;
    private final Sql sql;
    private final AfterCommit afterCommit;
    private final MeterRegistry metrics;

    @Inject
    Escalations(
            EscalationConfig config,
            Recipients branches,
            Calendars calendars,
            Repeats repeats,
            Deliveries deliveries,
            Sql sql,
            AfterCommit afterCommit,
            MeterRegistry metrics) {
        this.ladder = EscalationPolicy.of(config);
        this.config = config;
        this.lookBack = new DueWindow(config.lookBack());
        this.branches = branches;
        this.calendars = calendars;
        this.repeats = repeats;
        this.deliveries = deliveries;
        this.sql = sql;
        this.afterCommit = afterCommit;
        this.metrics = metrics;
    }

    /** A step to take. */
    record Due(UUID notice, UUID branch, UUID booking, Instant toldAt, EscalationLevel step, String reason) {}

    /** The branch that received a step's notice. */
    private record SentStep(UUID branch, UUID notice, int endpoints) {}

    /** Takes all steps that are due now. */
    void escalate() {
        for (Due due : lookBack.look(() -> due(config.lookBack()), this::due, config.batchSize())) {
            try {
                Transactions.inNew(() -> stepOf(due));
            } catch (RuntimeException e) {
                LOG.warnf("The escalation of notice %s is postponed: %s", due.notice(), e);
            }
        }
    }

    /** Steps that are due, those of the next lecture first, up to the size of a round. */
    private List<Due> due() {
        return sql.list(
                ALL_DUE,
                Escalations::due,
                ladder.steps(),
                ladder.after(),
                ladder.before(),
                ladder.patience().toMillis(),
                config.batchSize());
    }

    /** The steps that became due within that time. */
    List<Due> due(Duration within) {
        long patience = ladder.patience().toMillis();
        return sql.list(
                OF_LATE,
                Escalations::due,
                ladder.steps(),
                ladder.after(),
                ladder.before(),
                patience,
                ladder.sinceNotice(),
                within.toMillis(),
                ladder.before(),
                within.toMillis(),
                patience,
                within.toMillis(),
                patience,
                config.batchSize());
    }

    /**
     * Checks again under the lock. Skips a booking that another transaction has locked; the next round finds it again.
     */
    private boolean stepOf(Due seen) {
        if (!SubjectLock.tryTake(sql, seen.booking())) {
            return false;
        }
        Optional<Due> due = sql.one(
                ONE_DUE,
                Escalations::due,
                ladder.steps(),
                ladder.after(),
                ladder.before(),
                ladder.patience().toMillis(),
                seen.notice());
        due.ifPresent(this::take);
        return due.isPresent();
    }

    private void take(Due due) {
        Recipient branch = branches.find(due.branch()).orElseThrow();
        Optional<SentStep> told = switch (due.step()) {
            case REPEAT -> Optional.of(told(repeats.askAgain(due.notice(), branch)));
            case PARENT -> branches.above(branch.id()).map(parent -> told(unanswered(due, branch, parent)));
            case ORGANIZER ->
                config.organizerBranch()
                        .flatMap(branches::coded)
                        .map(organizers -> told(unanswered(due, branch, organizers)));
        };
        sql.update(
                """
                INSERT INTO escalation (id, notice_id, branch_id, booking_id, step, reason, at, notified_branch_id,
                                        sent_notice_id, endpoints)
                VALUES (?, ?, ?, ?, ?, ?, now(), ?, ?, ?)""",
                Uuid7.next(),
                due.notice(),
                due.branch(),
                due.booking(),
                due.step().name(),
                due.reason(),
                told.map(SentStep::branch).orElse(null),
                told.map(SentStep::notice).orElse(null),
                told.map(SentStep::endpoints).orElse(0));
        afterCommit.run(() -> metrics.counter(
                        "lectern.escalations", "step", due.step().name().toLowerCase(Locale.ROOT))
                .increment());
    }

    private WrittenRepeat unanswered(Due due, Recipient silent, Recipient reader) {
        Lecture lecture = calendars.lecture(due.notice()).orElseThrow();
        return repeats.unanswered(due.notice(), silent, lecture, due.toldAt(), reader);
    }

    /** Sends to all endpoints of the branch, including fallbacks. */
    private SentStep told(WrittenRepeat repeat) {
        return new SentStep(repeat.branchId(), repeat.id(), deliveries.repeat(repeat, repeat.lectureEnds(), true));
    }

    /** The steps taken for a notice, in order. */
    List<EscalationView> of(Scope scope, UUID notice) {
        UUID branch = sql.one("SELECT branch_id FROM notice WHERE id = ?", row -> row.id("branch_id"), notice)
                .orElseThrow(NotFound::new);
        branches.demandVisible(scope, branch);
        return sql.list(LOOK + " WHERE e.notice_id = ? ORDER BY e.at, e.id", Escalations::view, notice);
    }

    /** The steps taken for all notices, newest first. */
    List<EscalationView> list(@Nullable UUID booking, boolean openOnly, @Nullable Cursor after, int limit) {
        var where = new ArrayList<String>();
        var parameters = new ArrayList<@Nullable Object>();
        if (booking != null) {
            where.add("e.booking_id = ?");
            parameters.add(booking);
        }
        if (openOnly) {
            where.add(WAITS);
        }
        if (after != null) {
            where.add("(e.at, e.id) < (?, ?)");
            parameters.add(after.moment());
            parameters.add(after.id());
        }
        parameters.add(limit);
        return sql.list(
                LOOK + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where))
                        + " ORDER BY e.at DESC, e.id DESC LIMIT ?",
                Escalations::view,
                parameters.toArray());
    }

    private static Due due(Row row) throws SQLException {
        return new Due(
                row.id("id"),
                row.id("branch_id"),
                row.id("booking_id"),
                row.time("created_at"),
                EscalationLevel.valueOf(row.text("step")),
                row.text("reason"));
    }

    private static EscalationView view(Row row) throws SQLException {
        RecipientKind recipient = RecipientKind.valueOf(row.text("recipient"));
        return new EscalationView(
                row.id("id"),
                row.id("notice_id"),
                recipient.branch(row.id("branch_id")),
                recipient.lecturer(row.id("branch_id")),
                row.text("code"),
                row.text("name"),
                row.id("booking_id"),
                row.number("version"),
                row.text("title"),
                row.time("starts_at"),
                EscalationLevel.valueOf(row.text("step")),
                row.text("reason"),
                row.time("at"),
                row.idOrNull("notified_branch_id"),
                row.idOrNull("sent_notice_id"),
                row.number("endpoints"),
                row.flag("open"));
    }
}
