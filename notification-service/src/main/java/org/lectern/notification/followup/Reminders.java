package org.lectern.notification.followup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.notification.calendar.Calendars;
import org.lectern.notification.delivery.Deliveries;
import org.lectern.notification.directory.Recipient;
import org.lectern.notification.directory.Recipients;
import org.lectern.notification.notice.Lecture;
import org.lectern.notification.notice.Repeats;
import org.lectern.notification.notice.SubjectLock;
import org.lectern.notification.notice.WrittenRepeat;
import org.lectern.notification.time.DueWindow;

/**
 * Reminds branches of their lectures. Nothing is scheduled ahead: reminders derive from the branch's last notice and
 * the time. So they follow reschedules and vanish with cancellations. If several are due, for instance after an outage,
 * only the nearest is sent. A branch that learnt of the time after the reminder was due gets none, because the notice
 * itself is recent.
 *
 * <p>A reminder is recorded in its transaction, under the lock of the booking's row, once per branch, lecture, time and
 * lead. So any number of processes may run, and no newer notice comes in between.
 */
@ApplicationScoped
class Reminders {

    private static final Logger LOG = Logger.getLogger(Reminders.class);

    /**
     * Each lead with the next nearer one, which takes over when it is due. Timed by the database's clock, which all
     * processes share.
     */
    private static final String DUE = """
            SELECT n.id, n.branch_id, n.booking_id, n.starts_at, l.lead
            FROM unnest(cast(? AS bigint[]), cast(? AS bigint[])) l (lead, nearer)
            JOIN notice n ON n.starts_at > now() + greatest(l.nearer, l.lead - ?) * interval '1 second'
                         AND n.starts_at <= now() + l.lead * interval '1 second'
            JOIN recipient b ON b.id = n.branch_id AND NOT b.archived
            JOIN calendar_revision c ON c.notice_id = n.id
            LEFT JOIN recipient_preference p ON p.branch_id = n.branch_id
            WHERE n.repeats IS NULL AND n.booking_id IS NOT NULL AND NOT c.cancelled AND coalesce(p.reminders, true)
              AND NOT EXISTS (
                  SELECT 1 FROM notice later
                  WHERE later.booking_id = n.booking_id AND later.branch_id = n.branch_id
                    AND later.repeats IS NULL AND later.sequence > n.sequence)
              AND NOT EXISTS (
                  SELECT 1 FROM reminder r
                  WHERE r.branch_id = n.branch_id AND r.booking_id = n.booking_id
                    AND r.starts_at = n.starts_at AND r.lead_seconds = l.lead)
              -- a branch that declined or proposed another time waits for the organizers, unless it acknowledged later
              AND (NOT EXISTS (SELECT 1 FROM calendar_answer x
                               WHERE x.notice_id = n.id AND x.kind IN ('DECLINED', 'COUNTER'))
                   OR EXISTS (SELECT 1 FROM acknowledgement a WHERE a.notice_id = n.id))
              AND NOT EXISTS (SELECT 1 FROM lecturer_answer w
                              WHERE w.booking_id = n.booking_id AND w.lecturer_id = n.branch_id
                                AND w.state = 'DECLINED')
              -- the branch's knowledge at the due time
              AND EXISTS (
                  SELECT 1 FROM (
                      SELECT k.starts_at, k.cancelled FROM calendar_revision k
                      WHERE k.branch_id = n.branch_id AND k.booking_id = n.booking_id
                        AND k.revised_at <= n.starts_at - l.lead * interval '1 second'
                      ORDER BY k.sequence DESC LIMIT 1) known
                  WHERE NOT known.cancelled AND known.starts_at = n.starts_at)
            """;

    private static final String BOOKINGS = "SELECT DISTINCT ON (due.starts_at, due.booking_id) due.booking_id FROM ("
            + DUE + ") due ORDER BY due.starts_at, due.booking_id LIMIT ?";

    private static final String OF_BOOKING = DUE + " AND n.booking_id = ?";

    private final ReminderConfig config;
    private final Recipients branches;
    private final Calendars calendars;
    private final Repeats repeats;
    private final Deliveries deliveries;
    private final Sql sql;
    /** Distinct, ascending, in seconds. */
    private final List<Long> leads;

    private final DueWindow lookBack;

    @Inject
    Reminders(
            ReminderConfig config,
            Recipients branches,
            Calendars calendars,
            Repeats repeats,
            Deliveries deliveries,
            Sql sql) {
        this.config = config;
        this.lookBack = new DueWindow(config.lookBack());
        this.branches = branches;
        this.calendars = calendars;
        this.repeats = repeats;
        this.deliveries = deliveries;
        this.sql = sql;
        this.leads = config.before().stream()
                .map(Duration::toSeconds)
                .distinct()
                .sorted()
                .toList();
    }

    /** A branch to remind of a lecture in its notice. */
    private record Due(UUID notice, UUID branch, UUID booking, Instant start, long lead) {}

    /** Sends all reminders that are due now. */
    void remind() {
        if (leads.isEmpty()) {
            return;
        }
        List<UUID> bookings = lookBack.look(
                () -> due(config.lookBack()), () -> due(Duration.ofSeconds(leads.getLast())), config.batchSize());
        for (UUID booking : bookings) {
            try {
                Transactions.inNew(() -> remindOf(booking));
            } catch (RuntimeException e) {
                LOG.warnf("Reminders of booking %s are postponed: %s", booking, e);
            }
        }
    }

    /**
     * The lectures with a reminder that became due within that time, the next lecture first, up to the size of a round.
     */
    List<UUID> due(Duration within) {
        return sql.list(BOOKINGS, row -> row.id("booking_id"), leads, nearer(), within.toSeconds(), config.batchSize());
    }

    /**
     * The number of branches reminded. Skips a booking that another transaction has locked; the next round finds the
     * rest.
     */
    private int remindOf(UUID booking) {
        if (!SubjectLock.tryTake(sql, booking)) {
            return 0;
        }
        // searches again under the lock, in the common lock order of branches
        List<Due> due = sql
                .list(
                        OF_BOOKING,
                        row -> new Due(
                                row.id("id"),
                                row.id("branch_id"),
                                row.id("booking_id"),
                                row.time("starts_at"),
                                row.bigNumber("lead")),
                        leads,
                        nearer(),
                        leads.getLast(),
                        booking)
                .stream()
                .sorted((a, b) -> a.branch().compareTo(b.branch()))
                .toList();
        due.forEach(this::remind);
        return due.size();
    }

    private void remind(Due due) {
        Recipient branch = branches.find(due.branch()).orElseThrow();
        Lecture lecture = calendars.lecture(due.notice()).orElseThrow();
        WrittenRepeat reminder = repeats.remind(due.notice(), branch, lecture);
        sql.update("""
                INSERT INTO reminder (branch_id, booking_id, starts_at, lead_seconds, notice_id, at)
                VALUES (?, ?, ?, ?, ?, now())""", due.branch(), due.booking(), due.start(), due.lead(), reminder.id());
        deliveries.repeat(reminder, reminder.lectureStarts(), false);
    }

    /** For each lead the next nearer one; 0 for the first. */
    private List<Long> nearer() {
        List<Long> nearer = new ArrayList<>(leads.subList(0, leads.size() - 1));
        nearer.addFirst(0L);
        return nearer;
    }
}
