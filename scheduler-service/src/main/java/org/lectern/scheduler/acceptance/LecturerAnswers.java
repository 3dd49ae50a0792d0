package org.lectern.scheduler.acceptance;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.Kind;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.LecturerAnswer;
import org.lectern.scheduler.outbox.Outbox;
import org.lectern.scheduler.reason.Reason;

/**
 * What lecturers are asked, and answered. Every version has one event and one entry of the audit. The caller holds the
 * lock of the booking.
 */
@ApplicationScoped
class LecturerAnswers {

    private static final String RETURNING =
            " RETURNING w.id, w.version, w.booking_version, w.policy, w.state, w.due_at,"
                    + " w.by_lecturer, w.reason, w.reason_code";

    private final Sql sql;
    private final Outbox outbox;
    private final Audit audit;

    @Inject
    LecturerAnswers(Sql sql, Outbox outbox, Audit audit) {
        this.sql = sql;
        this.outbox = outbox;
        this.audit = audit;
    }

    /** A stored version. */
    private record Stored(
            UUID id,
            int version,
            int bookingVersion,
            AnswerPolicy policy,
            AnswerState state,
            Instant dueAt,
            LecturerAnswer.@Nullable By by,
            @Nullable String reason,
            @Nullable String reasonCode) {

        static Stored of(Sql.Row row) throws SQLException {
            String by = row.textOrNull("by_lecturer");
            return new Stored(
                    row.id("id"),
                    row.number("version"),
                    row.number("booking_version"),
                    AnswerPolicy.valueOf(row.text("policy")),
                    AnswerState.valueOf(row.text("state")),
                    row.time("due_at"),
                    by == null ? null : by.startsWith("t") ? LecturerAnswer.By.LECTURER : LecturerAnswer.By.ORGANIZER,
                    row.textOrNull("reason"),
                    row.textOrNull("reason_code"));
        }
    }

    /** The state of the answer in the audit, which cannot forget: the text of the reason may be personal. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Audited(
            UUID bookingId,
            int bookingVersion,
            UUID lecturerId,
            AnswerState state,
            AnswerPolicy policy,
            Instant dueAt,
            LecturerAnswer.@Nullable By by,
            @Nullable String reasonCode) {}

    /** Asks the lecturer of this version, whatever was answered before. */
    void ask(BookingView booking, AnswerTerms.Terms terms, String actor, Instant now) {
        Stored asked = sql.one(
                        """
                        INSERT INTO lecturer_answer AS w (booking_id, id, version, booking_version, policy, state, due_at)
                        VALUES (?, ?, 1, ?, ?, 'PENDING', ?)
                        ON CONFLICT (booking_id) DO UPDATE
                        SET version = w.version + 1, booking_version = excluded.booking_version, policy = excluded.policy,
                            state = 'PENDING', due_at = excluded.due_at, at = NULL, by_lecturer = NULL, reason = NULL,
                            reason_code = NULL""" + RETURNING,
                        Stored::of,
                        booking.id(),
                        Uuid7.next(),
                        booking.version(),
                        terms.policy().name(),
                        terms.dueAt())
                .orElseThrow();
        record("ASKED", asked, booking, actor, now);
    }

    /** Stores the answer. */
    void answered(
            BookingView booking, AnswerState state, LecturerAnswer.By by, Reason reason, String actor, Instant now) {
        List<AnswerState> from = Arrays.asList(AnswerState.values());
        put(state, booking, from, by, reason, actor, now);
    }

    /** Silence has its consequence; returns the new state unless an answer came first. */
    Optional<AnswerState> silent(BookingView booking, Instant now) {
        return sql.one("""
                        UPDATE lecturer_answer w
                        SET version = version + 1, at = ?, state = answer_state(state, policy, due_at)
                        WHERE booking_id = ? AND state = 'PENDING' AND due_at <= statement_timestamp()""" + RETURNING, Stored::of, now, booking.id()).map(stored -> {
            record(stored.state().name(), stored, booking, Audit.SYSTEM, now);
            return stored.state();
        });
    }

    /** Ends the question if it is in one of these states. */
    void close(BookingView booking, List<AnswerState> from, String actor, Instant now) {
        put(AnswerState.CLOSED, booking, from, null, Reason.NONE, actor, now);
    }

    private void put(
            AnswerState state,
            BookingView booking,
            List<AnswerState> from,
            LecturerAnswer.@Nullable By by,
            Reason reason,
            String actor,
            Instant now) {
        sql.one(
                        """
                        UPDATE lecturer_answer w
                        SET version = version + 1, state = ?, at = ?, by_lecturer = cast(? AS boolean), reason = ?,
                            reason_code = ?
                        WHERE booking_id = ? AND state = ANY (?)""" + RETURNING,
                        Stored::of,
                        state.name(),
                        now,
                        by == null ? null : by == LecturerAnswer.By.LECTURER,
                        reason.text(),
                        reason.code(),
                        booking.id(),
                        from)
                .ifPresent(stored -> record(state.name(), stored, booking, actor, now));
    }

    private void record(String action, Stored stored, BookingView booking, String actor, Instant now) {
        outbox.append(new AnswerChanged(
                stored.id(),
                stored.version(),
                booking.id(),
                stored.bookingVersion(),
                stored.state(),
                stored.policy(),
                stored.dueAt(),
                stored.by(),
                stored.reasonCode(),
                booking.lecturer(),
                booking.topic(),
                booking.branch(),
                booking.start().toInstant(),
                booking.end().toInstant(),
                booking.zone(),
                now));
        audit.append(
                Kind.LECTURER_ANSWER,
                booking.id(),
                stored.version(),
                action,
                now,
                actor,
                null,
                new Audited(
                        booking.id(),
                        stored.bookingVersion(),
                        booking.lecturer().id(),
                        stored.state(),
                        stored.policy(),
                        stored.dueAt(),
                        stored.by(),
                        stored.reasonCode()));
    }

    /** Bookings without an answer of the lecturer in time. */
    List<UUID> silentFor(int most) {
        return sql.list("""
                SELECT w.booking_id FROM lecturer_answer w JOIN booking b ON b.id = w.booking_id
                WHERE w.state = 'PENDING' AND w.due_at <= statement_timestamp() AND b.status = 'CONFIRMED'
                ORDER BY w.due_at LIMIT ?""", row -> row.id("booking_id"), most);
    }

    /**
     * Locks a booking.
     *
     * @param lecturer only if it is of the lecturer with this code
     * @return whether there is one
     */
    boolean lock(UUID booking, @Nullable String lecturer) {
        return sql.one("""
                        SELECT b.id FROM booking b JOIN lecturer l ON l.id = b.lecturer_id
                        WHERE b.id = ? AND (cast(? AS text) IS NULL OR l.code = ?)
                        FOR NO KEY UPDATE OF b""", row -> row.id("id"), booking, lecturer, lecturer).isPresent();
    }
}
