package org.lectern.notification.answer;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.AfterCommit;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.acknowledgement.Acknowledgements;
import org.lectern.notification.acknowledgement.Answered;
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

/**
 * Calendar answers of branches. An answer is bound to its notice, like an acknowledgement. An answer to an outdated
 * version is stored and shown, but has no effect. A message counts once per notice.
 */
@ApplicationScoped
public class Answers {

    private static final String CHANNEL = "calendar";

    private static final String ADD = """
            INSERT INTO calendar_answer (id, message, notice_id, branch_id, booking_id, kind, proposed_start, proposed_end,
                                         comment, at, outdated)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

    /** The answered notice; for a repeat, its original. */
    private static final String ANSWERED = """
            SELECT o.id, o.branch_id, o.booking_id, o.ends_at <= ? OR EXISTS (
                       SELECT 1 FROM notice later
                       WHERE later.booking_id = o.booking_id AND later.branch_id = o.branch_id
                         AND later.repeats IS NULL AND later.sequence > o.sequence) AS outdated
            FROM notice n JOIN notice o ON o.id = coalesce(n.repeats, n.id)
            WHERE n.id = ? AND o.booking_id IS NOT NULL""";

    /** A calendar that sends the same answer twice reports nothing new. */
    private static final String SAID_BEFORE = """
            SELECT kind = ? AND proposed_start IS NOT DISTINCT FROM cast(? AS timestamptz)
                   AND proposed_end IS NOT DISTINCT FROM cast(? AS timestamptz) AND comment IS NOT DISTINCT FROM ? AS same
            FROM calendar_answer WHERE notice_id = ? AND id <> ? ORDER BY at DESC, id DESC LIMIT 1""";

    private static final String OPEN = """
            n.ends_at > now() AND a.kind <> 'ACCEPTED'
              AND NOT EXISTS (SELECT 1 FROM acknowledgement k WHERE k.notice_id = a.notice_id)
              AND NOT EXISTS (
                  SELECT 1 FROM notice later
                  WHERE later.booking_id = n.booking_id AND later.branch_id = n.branch_id
                    AND later.repeats IS NULL AND later.sequence > n.sequence)
              AND NOT EXISTS (
                  SELECT 1 FROM calendar_answer newer
                  WHERE newer.notice_id = a.notice_id AND (newer.at, newer.id) > (a.at, a.id))
            """;

    private static final String LOOK = """
            SELECT a.id, a.notice_id, a.branch_id, b.kind AS recipient, b.code, b.name, a.booking_id, n.version, n.title, n.starts_at, a.kind,
                   a.proposed_start, a.proposed_end, a.comment, a.at, a.outdated, a.notified_branch_id, a.sent_notice_id,
                   (%s) AS open
            FROM calendar_answer a JOIN notice n ON n.id = a.notice_id JOIN recipient b ON b.id = a.branch_id
            """.formatted(OPEN);

    private final Acknowledgements acknowledgements;
    private final Recipients branches;
    private final Calendars calendars;
    private final Repeats repeats;
    private final Deliveries deliveries;
    private final Event<Answered> answered;
    private final Optional<String> organizerBranch;
    private final Sql sql;
    private final AfterCommit afterCommit;
    private final MeterRegistry metrics;
    private final Clock clock;

    @Inject
    Answers(
            Acknowledgements acknowledgements,
            Recipients branches,
            Calendars calendars,
            Repeats repeats,
            Deliveries deliveries,
            Event<Answered> answered,
            @ConfigProperty(name = "lectern.escalation.organizer-branch") Optional<String> organizerBranch,
            Sql sql,
            AfterCommit afterCommit,
            MeterRegistry metrics,
            Clock clock) {
        this.acknowledgements = acknowledgements;
        this.branches = branches;
        this.calendars = calendars;
        this.repeats = repeats;
        this.deliveries = deliveries;
        this.answered = answered;
        this.organizerBranch = organizerBranch;
        this.sql = sql;
        this.afterCommit = afterCommit;
        this.metrics = metrics;
        this.clock = clock;
    }

    private record AnsweredNotice(UUID notice, UUID branch, UUID booking, boolean outdated) {}

    /**
     * Stores the answer to a notice, or to the original of a repeat. The same message a second time changes nothing.
     *
     * @param message identifies the message
     * @return false if there is no such notice about a lecture
     */
    public boolean take(UUID notice, byte[] message, Answer answer) {
        if (answer.kind() == AnswerKind.ACCEPTED) {
            acknowledgements.acknowledgeIfCurrent(notice, CHANNEL);
        }
        return Transactions.inNew(() -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Optional<AnsweredNotice> found = asked(notice, now);
            // the lock keeps a newer notice from being written in between
            found.ifPresent(asked -> SubjectLock.take(sql, asked.booking()));
            Optional<AnsweredNotice> current = asked(notice, now);
            current.ifPresent(asked -> keep(asked, message, answer, now));
            return current.isPresent();
        });
    }

    private Optional<AnsweredNotice> asked(UUID notice, Instant now) {
        return sql.one(
                ANSWERED,
                row -> new AnsweredNotice(
                        row.id("id"), row.id("branch_id"), row.id("booking_id"), row.flag("outdated")),
                now,
                notice);
    }

    private void keep(AnsweredNotice asked, byte[] message, Answer answer, Instant now) {
        UUID id = Uuid7.next();
        Answer.Proposal proposal = answer.proposal();
        Instant start = proposal == null ? null : proposal.start();
        Instant end = proposal == null ? null : proposal.end();
        int added = sql.update(
                ADD,
                id,
                message,
                asked.notice(),
                asked.branch(),
                asked.booking(),
                answer.kind().name(),
                start,
                end,
                answer.comment(),
                now,
                asked.outdated());
        if (added == 0) {
            return;
        }
        afterCommit.run(() -> metrics.counter(
                        "lectern.calendar.answers", "kind", answer.kind().name().toLowerCase(Locale.ROOT))
                .increment());
        boolean saidBefore = sql.one(
                        SAID_BEFORE,
                        row -> row.flag("same"),
                        answer.kind().name(),
                        start,
                        end,
                        answer.comment(),
                        asked.notice(),
                        id)
                .orElse(false);
        if (asked.outdated() || saidBefore) {
            return;
        }
        switch (answer.kind()) {
            case ACCEPTED, TENTATIVE -> {
                // ACCEPTED is handled by the acknowledgement; TENTATIVE leaves the request open
            }
            case DECLINED, COUNTER -> {
                answered.fire(new Answered(asked.notice()));
                organizerBranch
                        .flatMap(branches::coded)
                        .ifPresent(organizers -> tell(organizers, asked, answer, id, now));
            }
        }
    }

    private void tell(Recipient organizers, AnsweredNotice asked, Answer answer, UUID id, Instant at) {
        Recipient branch = branches.find(asked.branch()).orElseThrow();
        Lecture lecture = calendars.lecture(asked.notice()).orElseThrow();
        Answer.Proposal proposal = answer.proposal();
        WrittenRepeat told = answer.kind() == AnswerKind.DECLINED
                ? repeats.declined(asked.notice(), branch, lecture, at, answer.comment(), organizers)
                : repeats.proposed(
                        asked.notice(),
                        branch,
                        lecture,
                        at,
                        proposal == null ? null : proposal.start(),
                        proposal == null ? null : proposal.end(),
                        answer.comment(),
                        organizers);
        deliveries.repeat(told, told.lectureEnds(), true);
        sql.update(
                "UPDATE calendar_answer SET notified_branch_id = ?, sent_notice_id = ? WHERE id = ?",
                told.branchId(),
                told.id(),
                id);
    }

    /** The answers of one branch, newest first. */
    List<AnswerView> ofBranch(Scope scope, UUID branch, boolean openOnly, @Nullable Cursor after, int limit) {
        branches.demandVisible(scope, branch);
        return list("a.branch_id = ?", branch, openOnly, after, limit);
    }

    /** The answers of all branches, newest first. */
    List<AnswerView> list(@Nullable UUID booking, boolean openOnly, @Nullable Cursor after, int limit) {
        return list("a.booking_id = ?", booking, openOnly, after, limit);
    }

    private List<AnswerView> list(
            String condition, @Nullable UUID id, boolean openOnly, @Nullable Cursor after, int limit) {
        var where = new ArrayList<String>();
        var parameters = new ArrayList<@Nullable Object>();
        if (id != null) {
            where.add(condition);
            parameters.add(id);
        }
        if (openOnly) {
            where.add(OPEN);
        }
        if (after != null) {
            where.add("(a.at, a.id) < (?, ?)");
            parameters.add(after.moment());
            parameters.add(after.id());
        }
        parameters.add(limit);
        return sql.list(
                LOOK + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where))
                        + " ORDER BY a.at DESC, a.id DESC LIMIT ?",
                Answers::view,
                parameters.toArray());
    }

    private static AnswerView view(Row row) throws SQLException {
        RecipientKind recipient = RecipientKind.valueOf(row.text("recipient"));
        return new AnswerView(
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
                AnswerKind.valueOf(row.text("kind")),
                row.timeOrNull("proposed_start"),
                row.timeOrNull("proposed_end"),
                row.textOrNull("comment"),
                row.time("at"),
                row.flag("outdated"),
                row.flag("open"),
                row.idOrNull("notified_branch_id"),
                row.idOrNull("sent_notice_id"));
    }
}
