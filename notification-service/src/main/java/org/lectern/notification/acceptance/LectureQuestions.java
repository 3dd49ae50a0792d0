package org.lectern.notification.acceptance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.AfterCommit;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.notification.event.LecturerAnswerChanged.State;
import org.lectern.notification.notice.SubjectLock;
import org.lectern.notification.outbox.Outbox;
import org.lectern.notification.outbox.OutgoingEvent;

/**
 * Questions to lecturers and the answers through links. An answer is bound to the version of the booking in the notice;
 * its event is written with it, and the scheduler decides whether it still counts. Only a link that was sent to the
 * lecturer itself, to an endpoint that is still used, answers: organizers get links to the same notice.
 */
@ApplicationScoped
public class LectureQuestions {

    private static final String TOPIC = "lectern.acknowledgements";
    private static final String TYPE = "lectern.lecture.answered.v1";

    private static final String FIND = """
            SELECT n.booking_id, n.branch_id, n.version, w.state, w.changed_at, w.due_at, w.link_accepted, w.linked_at
            FROM notice n
            JOIN lecturer_answer w ON w.booking_id = n.booking_id AND w.lecturer_id = n.branch_id
                AND w.booking_version <= n.version AND w.starts_at = n.starts_at AND w.ends_at = n.ends_at
            JOIN calendar_revision c ON c.notice_id = n.id AND NOT c.cancelled
            JOIN endpoint e ON e.branch_id = n.branch_id AND e.id = ? AND e.usable
            WHERE n.id = ? AND n.repeats IS NULL AND w.state <> 'CLOSED' AND n.starts_at > now()
              AND NOT EXISTS (
                  SELECT 1 FROM notice later
                  WHERE later.booking_id = n.booking_id AND later.branch_id = n.branch_id
                    AND later.repeats IS NULL AND later.sequence > n.sequence)""";

    private final Outbox outbox;
    private final Sql sql;
    private final AfterCommit afterCommit;
    private final MeterRegistry metrics;
    private final Clock clock;

    @Inject
    LectureQuestions(Outbox outbox, Sql sql, AfterCommit afterCommit, MeterRegistry metrics, Clock clock) {
        this.outbox = outbox;
        this.sql = sql;
        this.afterCommit = afterCommit;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The event data. It does not identify the person. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Data(
            UUID bookingId,
            UUID lecturerId,
            int version,
            What answer,
            LectureQuestion.@Nullable Why reason,
            Instant at) {

        enum What {
            @JsonProperty("accepted")
            ACCEPTED,
            @JsonProperty("declined")
            DECLINED
        }
    }

    /** The question in a notice; empty if nothing can be answered there by a link to that endpoint. */
    public Optional<LectureQuestion> find(UUID notice, UUID endpoint) {
        return sql.one(FIND, LectureQuestions::question, endpoint, notice);
    }

    /** Accepts the lecture; returns whether it is accepted now. */
    public boolean accept(UUID notice, UUID endpoint) {
        return answer(notice, endpoint, null);
    }

    /** Declines the lecture. */
    public void decline(UUID notice, UUID endpoint, LectureQuestion.Why why) {
        answer(notice, endpoint, why);
    }

    private boolean answer(UUID notice, UUID endpoint, LectureQuestion.@Nullable Why why) {
        return Transactions.inNew(() -> {
            // the lock keeps a newer notice and a concurrent answer out
            find(notice, endpoint).ifPresent(seen -> SubjectLock.take(sql, seen.booking()));
            Optional<LectureQuestion> question = find(notice, endpoint);
            question.filter(asked -> why == null ? !asked.isAccepted() : !asked.isDeclined())
                    .ifPresent(asked -> keep(asked, why));
            return question.isPresent();
        });
    }

    private void keep(LectureQuestion asked, LectureQuestion.@Nullable Why why) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        sql.update(
                "UPDATE lecturer_answer SET link_accepted = ?, linked_at = ? WHERE booking_id = ?",
                why == null,
                now,
                asked.booking());
        Data.What what = why == null ? Data.What.ACCEPTED : Data.What.DECLINED;
        outbox.append(List.of(OutgoingEvent.of(
                TOPIC,
                TYPE,
                asked.booking(),
                asked.version(),
                now,
                new Data(asked.booking(), asked.lecturer(), asked.version(), what, why, now))));
        afterCommit.run(
                () -> metrics.counter("lectern.lecture.answers", "answer", why == null ? "accepted" : "declined")
                        .increment());
    }

    private static LectureQuestion question(Sql.Row row) throws SQLException {
        Instant linked = row.timeOrNull("linked_at");
        return new LectureQuestion(
                row.id("booking_id"),
                row.id("branch_id"),
                row.number("version"),
                linked == null
                        ? State.valueOf(row.text("state"))
                        : row.flag("link_accepted") ? State.ACCEPTED : State.DECLINED,
                linked == null ? row.time("changed_at") : linked,
                row.timeOrNull("due_at"));
    }
}
