package org.lectern.notification.followup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.notification.calendar.Calendars;
import org.lectern.notification.delivery.Deliveries;
import org.lectern.notification.directory.Recipient;
import org.lectern.notification.directory.Recipients;
import org.lectern.notification.event.LecturerAnswerChanged;
import org.lectern.notification.notice.Lecture;
import org.lectern.notification.notice.Repeats;
import org.lectern.notification.notice.SubjectLock;
import org.lectern.notification.notice.WrittenRepeat;

/**
 * The newest answer of the lecturer of each lecture ahead. The organizers are notified once of each decline and of each
 * silence that still matters: not when the lecture has another lecturer or time by then, or is cancelled.
 *
 * <p>An answer and its booking come by different topics, and one may lag: an answer waits until the version that it
 * answers is known. The lock on the booking's row keeps newer notices out.
 */
@ApplicationScoped
public class LecturerAnswers {

    private static final Logger LOG = Logger.getLogger(LecturerAnswers.class);
    private static final int BATCH = 100;

    private static final String PUT = """
            INSERT INTO lecturer_answer (booking_id, lecturer_id, version, incarnation, booking_version, state,
                                         changed_at, due_at, starts_at, ends_at, settled)
            SELECT * FROM unnest(cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS integer[]), cast(? AS uuid[]),
                                 cast(? AS integer[]), cast(? AS text[]), cast(? AS timestamptz[]),
                                 cast(? AS timestamptz[]), cast(? AS timestamptz[]), cast(? AS timestamptz[]),
                                 cast(? AS boolean[])) c (booking_id)
            ORDER BY c.booking_id
            ON CONFLICT (booking_id) DO UPDATE SET
                lecturer_id = excluded.lecturer_id, version = excluded.version, incarnation = excluded.incarnation,
                booking_version = excluded.booking_version, state = excluded.state, changed_at = excluded.changed_at,
                due_at = excluded.due_at, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
                -- another reason for the same decline is nothing new
                settled = excluded.settled OR lecturer_answer.settled AND lecturer_answer.state = excluded.state
                          AND lecturer_answer.lecturer_id = excluded.lecturer_id
                          AND lecturer_answer.booking_version = excluded.booking_version,
                link_accepted = NULL, linked_at = NULL
            WHERE (lecturer_answer.incarnation, lecturer_answer.version) < (excluded.incarnation, excluded.version)
            RETURNING state, sent_notice_id""";

    /** Declines and silences, if the lecture and its notice are known. */
    private static final String DUE = """
            SELECT w.booking_id, w.lecturer_id, w.state, w.changed_at, w.sent_notice_id, n.id AS notice,
                   c.cancelled OR v.state <> 'CONFIRMED' OR n.starts_at <> w.starts_at OR n.ends_at <> w.ends_at
                       OR w.ends_at <= now() AS outdated
            FROM lecturer_answer w
            JOIN subject_view v ON v.subject_id = w.booking_id AND v.version >= w.booking_version
            CROSS JOIN LATERAL (
                SELECT l.id, l.version, l.starts_at, l.ends_at FROM notice l
                WHERE l.booking_id = w.booking_id AND l.branch_id = w.lecturer_id AND l.repeats IS NULL
                ORDER BY l.sequence DESC LIMIT 1) n
            JOIN calendar_revision c ON c.notice_id = n.id
            WHERE NOT w.settled AND n.version >= w.booking_version""";

    private static final String ALL_DUE = DUE + " ORDER BY w.changed_at LIMIT ?";
    private static final String ONE_DUE = DUE + " AND w.booking_id = ? FOR UPDATE OF w";

    private final Recipients recipients;
    private final Calendars calendars;
    private final Repeats repeats;
    private final Deliveries deliveries;
    private final Optional<String> organizerBranch;
    private final Sql sql;

    @Inject
    LecturerAnswers(
            Recipients recipients,
            Calendars calendars,
            Repeats repeats,
            Deliveries deliveries,
            @ConfigProperty(name = "lectern.escalation.organizer-branch") Optional<String> organizerBranch,
            Sql sql) {
        this.recipients = recipients;
        this.calendars = calendars;
        this.repeats = repeats;
        this.deliveries = deliveries;
        this.organizerBranch = organizerBranch;
        this.sql = sql;
    }

    /**
     * An answer as described by one incarnation of the scheduler's database. Incarnations are ordered by their ids.
     *
     * @param silent whether the organizers were notified by the lost database that is being rebuilt
     */
    public record Described(UUID incarnation, Instant at, boolean silent, LecturerAnswerChanged answer) {

        private static final Comparator<Described> AGE = Comparator.comparing(
                        (Described described) -> described.incarnation.toString())
                .thenComparingInt(described -> described.answer.version());

        private boolean needsOrganizers() {
            return !silent
                    && switch (answer.state()) {
                        case DECLINED, OVERDUE -> true;
                        case PENDING, ACCEPTED, CONSENTED, CLOSED -> false;
                    };
        }
    }

    private record Due(UUID booking, UUID lecturer, boolean declined, Instant at, UUID notice, boolean outdated) {}

    /**
     * Stores the newest answer of each lecture, unless a newer one is known. A message to the organizers that waits and
     * is no longer true is not sent.
     */
    public void put(Collection<Described> changes) {
        Map<UUID, Described> newest = new HashMap<>();
        for (Described change : changes) {
            newest.merge(change.answer().bookingId(), change, BinaryOperator.maxBy(Described.AGE));
        }
        if (newest.isEmpty()) {
            return;
        }
        List<Described> all = List.copyOf(newest.values());
        record Stored(String state, Optional<UUID> sent) {}
        sql
                .list(
                        PUT,
                        row -> new Stored(row.text("state"), Optional.ofNullable(row.idOrNull("sent_notice_id"))),
                        Sql.each(all, each -> each.answer().bookingId()),
                        Sql.each(all, each -> each.answer().lecturerId()),
                        Sql.each(all, each -> each.answer().version()),
                        Sql.each(all, Described::incarnation),
                        Sql.each(all, each -> each.answer().bookingVersion()),
                        Sql.each(all, each -> each.answer().state()),
                        Sql.each(all, Described::at),
                        Sql.each(all, each -> each.answer().dueAt()),
                        Sql.each(all, each -> each.answer().start()),
                        Sql.each(all, each -> each.answer().end()),
                        Sql.each(all, each -> !each.needsOrganizers()))
                .stream()
                .filter(stored -> !stored.state().equals("DECLINED"))
                .forEach(stored -> stored.sent().ifPresent(deliveries::outdate));
    }

    /** Notifies the organizers of every decline and silence that they do not know of; a failure is tried again. */
    public void notifyOrganizers() {
        Optional<Recipient> organizers = organizerBranch.flatMap(recipients::coded);
        if (organizerBranch.isPresent() && organizers.isEmpty()) {
            return; // until the directory knows them
        }
        for (Due due : sql.list(ALL_DUE, LecturerAnswers::due, BATCH)) {
            try {
                Transactions.inNew(() -> settle(due.booking(), organizers));
            } catch (RuntimeException e) {
                LOG.warnf("The notice about the answer to booking %s is postponed: %s", due.booking(), e);
            }
        }
    }

    /** Checks again under the lock. Skips a booking that another transaction has locked; a later round finds it. */
    private boolean settle(UUID booking, Optional<Recipient> organizers) {
        if (!SubjectLock.tryTake(sql, booking)) {
            return false;
        }
        Optional<Due> due = sql.one(ONE_DUE, LecturerAnswers::due, booking);
        due.ifPresent(each -> {
            Optional<UUID> sent = each.outdated() ? Optional.empty() : organizers.map(reader -> write(each, reader));
            sql.update("""
                    UPDATE lecturer_answer SET settled = true, sent_notice_id = coalesce(?, sent_notice_id)
                    WHERE booking_id = ?""", sent.orElse(null), booking);
        });
        return due.isPresent();
    }

    private UUID write(Due due, Recipient organizers) {
        Recipient lecturer = recipients.find(due.lecturer()).orElseThrow();
        Lecture lecture = calendars.lecture(due.notice()).orElseThrow();
        WrittenRepeat told = due.declined()
                ? repeats.declined(due.notice(), lecturer, lecture, due.at(), null, organizers)
                : repeats.silent(due.notice(), lecturer, lecture, organizers);
        deliveries.repeat(told, told.lectureEnds(), true);
        return told.id();
    }

    /** Removes the answers about lectures that are over. */
    public void forgetPast() {
        sql.update("DELETE FROM lecturer_answer WHERE ends_at < now()");
    }

    private static Due due(Sql.Row row) throws SQLException {
        return new Due(
                row.id("booking_id"),
                row.id("lecturer_id"),
                row.text("state").equals("DECLINED"),
                row.time("changed_at"),
                row.id("notice"),
                row.flag("outdated"));
    }
}
