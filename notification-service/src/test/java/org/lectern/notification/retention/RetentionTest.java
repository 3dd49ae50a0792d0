package org.lectern.notification.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** Old notices go with everything that belongs to them; what is open or still needed stays. */
@ServiceTest
class RetentionTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration PAST = Duration.ofDays(731);

    @Inject
    Retention retention;

    @Inject
    OldSubjects subjects;

    @Inject
    Lectures lectures;

    @Inject
    Sql sql;

    @Inject
    MeterRegistry metrics;

    private UUID branch;
    private UUID booking;

    @BeforeEach
    void aBranch() {
        branch = lectures.branch("OLD-" + UUID.randomUUID(), null, "en");
        booking = UUID.randomUUID();
    }

    /** A delivered notice of a lecture that begins in this number of hours. */
    private UUID delivered(Scheduler.Message message) {
        UUID notice = lectures.told(message, branch);
        await().atMost(LONG)
                .until(() -> count("delivery WHERE notice_id = ? AND state <> 'DELIVERED'", notice) == 0
                        && count("delivery WHERE notice_id = ?", notice) > 0);
        return notice;
    }

    private Scheduler.Message version(String type, int version, long hoursAhead) {
        return Scheduler.version(type, booking, version, branch, hoursAhead);
    }

    /** Makes the lecture, its notices and their finished deliveries this much older. */
    private void pass(UUID subject, Duration time) {
        lectures.pass(subject, time);
        String ago = time.toSeconds() + " seconds";
        sql.update("""
                UPDATE delivery SET created_at = created_at - cast(? AS interval), finished_at = finished_at - cast(? AS interval),
                                    expires_at = greatest(expires_at, now() + interval '1 day')
                WHERE subject_id = ?""", ago, ago, subject);
    }

    private int count(String from, Object... parameters) {
        return sql.one("SELECT count(*)::int AS rows FROM " + from, row -> row.number("rows"), parameters)
                .orElseThrow();
    }

    private int notices(UUID subject) {
        return count("notice WHERE booking_id = ? OR request_id = ?", subject, subject);
    }

    /** One row in each table that a notice may be followed by. */
    private void everything(UUID notice, UUID booking) {
        UUID repeat = UUID.randomUUID();
        sql.update("""
                INSERT INTO notice (id, branch_id, sequence, booking_id, version, kind, locale, title, body, urgent, starts_at, ends_at,
                                    created_at, repeats)
                SELECT ?, branch_id, sequence + 1000, booking_id, version, 'REMINDER', locale, title, body, false, starts_at,
                       ends_at, created_at, id FROM notice WHERE id = ?""", repeat, notice);
        sql.update("""
                INSERT INTO delivery (id, notice_id, endpoint_id, branch_id, subject_id, sequence, channel, state, reason,
                                      next_attempt_at, expires_at, created_at, finished_at, superseded_by, fallback_for)
                SELECT ?, ?, endpoint_id, branch_id, subject_id, sequence + 1000, channel, 'SUPERSEDED', 'superseded',
                       next_attempt_at, expires_at, created_at, finished_at, id, id FROM delivery WHERE notice_id = ?""", UUID.randomUUID(), repeat, notice);
        sql.update("""
                INSERT INTO reminder (branch_id, booking_id, starts_at, lead_seconds, notice_id, at)
                SELECT branch_id, booking_id, starts_at, 777, ?, created_at FROM notice WHERE id = ?""", repeat, notice);
        sql.update("""
                INSERT INTO escalation (id, notice_id, branch_id, booking_id, step, reason, at, notified_branch_id,
                                        sent_notice_id, endpoints)
                SELECT ?, id, branch_id, booking_id, 'ORGANIZER', 'no-answer', created_at, branch_id, ?, 1
                FROM notice WHERE id = ?""", UUID.randomUUID(), repeat, notice);
        sql.update("""
                INSERT INTO calendar_answer (id, message, notice_id, branch_id, booking_id, kind, comment, at, outdated,
                                             notified_branch_id, sent_notice_id)
                SELECT ?, sha256('m'), id, branch_id, booking_id, 'DECLINED', 'no', created_at, false, branch_id, ?
                FROM notice WHERE id = ?""", UUID.randomUUID(), repeat, notice);
        sql.update("""
                INSERT INTO acknowledgement (notice_id, branch_id, booking_id, version, at, channel)
                SELECT id, branch_id, booking_id, version, created_at, 'link' FROM notice WHERE id = ?""", notice);
        sql.update("""
                INSERT INTO delivery_resend (id, delivery_id, at, actor, reason, state_before, attempts_before)
                SELECT ?, id, created_at, 'organizer', 'again', 'DEAD', 1 FROM delivery WHERE notice_id = ?""", UUID.randomUUID(), notice);
        sql.update("""
                INSERT INTO delivery_report (delivery_id, message, at, action, status)
                SELECT id, sha256('r'), created_at, 'DELAYED', '4.0.0' FROM delivery WHERE notice_id = ?""", notice);
        assertThat(count("delivery_receipt WHERE booking_id = ?", booking)).isPositive();
    }

    @Test
    void oldLecture_isRemovedWithEverythingOfIt() {
        lectures.endpoint(branch, true);
        UUID notice = delivered(version("confirmed", 1, 48));
        pass(booking, PAST.plusDays(3));
        everything(notice, booking);
        UUID delivery = sql.one("SELECT id FROM delivery WHERE notice_id = ?", row -> row.id("id"), notice)
                .orElseThrow();
        double before = removed("notice");

        retention.round();

        assertThat(notices(booking)).isZero();
        for (String table : List.of(
                "reminder",
                "escalation",
                "calendar_answer",
                "acknowledgement",
                "calendar_revision",
                "delivery_receipt")) {
            assertThat(count(table + " WHERE booking_id = ?", booking))
                    .as(table)
                    .isZero();
        }
        assertThat(count("delivery WHERE subject_id = ?", booking)).isZero();
        for (String table : List.of("delivery_attempt", "delivery_report", "delivery_resend")) {
            assertThat(count(table + " WHERE delivery_id = ?", delivery))
                    .as(table)
                    .isZero();
        }
        assertThat(removed("notice")).isGreaterThanOrEqualTo(before + 2);
        assertThat(metrics.get("lectern.retention.behind").gauge().value()).isLessThan(LONG.toSeconds());
    }

    private double removed(String table) {
        var counter =
                metrics.find("lectern.retention.removed").tag("table", table).counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void lectureWithinTheRetention_staysWhole() {
        lectures.endpoint(branch, true);
        delivered(version("confirmed", 1, 48));
        pass(booking, PAST.minusDays(10));
        retention.round();
        assertThat(notices(booking)).isEqualTo(1);
        assertThat(count("delivery WHERE subject_id = ?", booking)).isEqualTo(1);
    }

    @Test
    void openDeliveries_keepTheirLecture() {
        UUID endpoint = lectures.endpoint(branch, true);
        List<UUID> open = new ArrayList<>();
        for (String state : List.of("READY", "PARKED", "LEASED")) {
            booking = UUID.randomUUID();
            delivered(version("confirmed", 1, 48));
            pass(booking, PAST.plusDays(3));
            sql.update("""
                    UPDATE delivery SET state = ?, finished_at = NULL, next_attempt_at = now() + interval '1 day',
                        lease_until = CASE WHEN ? = 'LEASED' THEN now() + interval '1 day' END
                    WHERE subject_id = ?""", state, state, booking);
            open.add(booking);
        }
        booking = UUID.randomUUID();
        UUID probed = delivered(version("confirmed", 1, 48));
        pass(booking, PAST.plusDays(3));
        sql.update("""
                INSERT INTO endpoint_breaker (endpoint_id, failures, failing_since, openings, open_until, probe)
                SELECT endpoint_id, 1, now(), 1, now() + interval '1 day', id FROM delivery WHERE notice_id = ?
                ON CONFLICT (endpoint_id) DO UPDATE SET probe = excluded.probe""", probed);
        retention.round();
        assertThat(open).allSatisfy(each -> assertThat(notices(each)).isEqualTo(1));
        assertThat(notices(booking)).isEqualTo(1);

        sql.update("DELETE FROM endpoint_breaker WHERE endpoint_id = ?", endpoint);
        sql.update("""
                UPDATE delivery SET state = 'DEAD', reason = 'expired', lease_until = NULL, finished_at = now() - interval '900 days'
                WHERE subject_id = ANY (?)""", open);
        retention.round();
        assertThat(open).allSatisfy(each -> assertThat(notices(each)).isZero());
        assertThat(notices(booking)).isZero();
    }

    @Test
    void movedLecture_staysAndKeepsNothingBehindIt() {
        UUID old = lectures.told(version("confirmed", 1, 48), branch);
        pass(booking, PAST.plusDays(300));
        UUID moved = booking;
        lectures.told(version("rescheduled", 2, 48), branch);
        booking = UUID.randomUUID();
        lectures.told(version("confirmed", 1, 48), branch);
        pass(booking, PAST.plusDays(3));

        retention.round();

        assertThat(notices(moved)).isEqualTo(2);
        assertThat(count("calendar_revision WHERE notice_id = ?", old)).isEqualTo(1);
        assertThat(notices(booking)).isZero();
    }

    @Test
    void removedEventAgain_isARepeatWithoutNotice() {
        lectures.endpoint(branch, true);
        var message = version("confirmed", 1, 48)
                .header("ce_time", Instant.now().minus(PAST).toString());
        delivered(message);
        pass(booking, PAST.plusDays(3));
        retention.round();
        sql.update("UPDATE inbox SET received_at = received_at - interval '31 days' WHERE event_id = ?", message.id());
        await().atMost(LONG).until(() -> count("inbox WHERE event_id = ?", message.id()) == 0);

        var where = Scheduler.send(message);
        await().atMost(LONG)
                .until(() -> count(
                                "consumer_offset WHERE topic = ? AND partition = ? AND next_offset > ?",
                                where.topic(),
                                where.partition(),
                                where.offset())
                        == 1);
        assertThat(notices(booking)).isZero();
        assertThat(count("quarantine WHERE subject_id = ?", booking)).isZero();
    }

    /** Calendars ignore a revision that does not rise, so the numbers continue where the removed ones ended. */
    @Test
    void changeAfterRemoval_hasARisingSequence() {
        UUID notice = lectures.told(version("confirmed", 1, 48), branch);
        sql.update("UPDATE calendar_revision SET sequence = 41 WHERE notice_id = ?", notice);
        pass(booking, PAST.plusDays(3));
        retention.round();
        assertThat(notices(booking)).isZero();

        UUID again = lectures.told(version("rescheduled", 2, 48), branch);

        assertThat(sql.one(
                        "SELECT sequence FROM calendar_revision WHERE notice_id = ?",
                        row -> row.number("sequence"),
                        again))
                .contains(42);
        lectures.awaitKinds(branch, booking, "RESCHEDULED");
    }

    /** A locked booking is being changed, by an event or by another replica that removes it. */
    @Test
    void lockedLecture_isLeftToTheNextRound() {
        lectures.told(version("confirmed", 1, 48), branch);
        pass(booking, PAST.plusDays(3));
        QuarkusTransaction.requiringNew().run(() -> {
            sql.one(
                    "SELECT version FROM subject_view WHERE subject_id = ? FOR UPDATE",
                    row -> row.number("version"),
                    booking);
            QuarkusTransaction.suspendingExisting().run(retention::round);
        });
        assertThat(notices(booking)).isEqualTo(1);
        retention.round();
        assertThat(notices(booking)).isZero();
    }

    @Test
    void removalInSmallSteps_endsWithNothing() {
        lectures.endpoint(branch, true);
        delivered(version("confirmed", 1, 48));
        delivered(version("rescheduled", 2, 72));
        UUID last = delivered(version("rescheduled", 3, 96));
        pass(booking, PAST.plusDays(5));
        everything(last, booking);
        Instant cutoff = Instant.now().minus(PAST);
        int steps = 0;
        while (subjects.remove(OldSubjects.Kind.BOOKING, List.of(booking), cutoff, 1)) {
            steps++;
        }
        assertThat(steps).isEqualTo(4);
        assertThat(notices(booking)).isZero();
    }

    @Test
    void endedRequest_isRemovedAndAWaitingOneStays() {
        UUID ended = UUID.randomUUID();
        UUID waiting = UUID.randomUUID();
        lectures.toldOfRequest(Scheduler.request("refused", ended, 1, branch), branch);
        lectures.toldOfRequest(Scheduler.request("reopened", waiting, 1, branch), branch);
        sql.update("UPDATE subject_view SET state = 'REFUSED' WHERE subject_id = ?", ended);
        sql.update("UPDATE subject_view SET state = 'WAITING' WHERE subject_id = ?", waiting);
        sql.update(
                "UPDATE notice SET created_at = created_at - interval '800 days' WHERE request_id = ANY (?)",
                List.of(ended, waiting));
        retention.round();
        assertThat(notices(ended)).isZero();
        assertThat(notices(waiting)).isEqualTo(1);
    }

    @Test
    void oldNoticeAboutAnEndpoint_isRemoved() {
        UUID notice = UUID.randomUUID();
        UUID young = UUID.randomUUID();
        for (UUID id : List.of(notice, young)) {
            sql.update(
                    """
                    INSERT INTO notice (id, branch_id, sequence, event_id, version, kind, locale, title, body, urgent, created_at)
                    VALUES (?, ?, ?, ?, 1, 'ENDPOINT_FAILING', 'en', 't', 'b', false, now() - cast(? AS interval))""",
                    id,
                    branch,
                    id.equals(notice) ? 900L : 901L,
                    UUID.randomUUID(),
                    id.equals(notice) ? "800 days" : "1 day");
        }
        retention.round();
        assertThat(count("notice WHERE id = ?", notice)).isZero();
        assertThat(count("notice WHERE id = ?", young)).isEqualTo(1);
    }

    @Test
    void oldDecisions_areRemovedAndOpenRecordsStay() {
        UUID decided = quarantined("DISCARDED", 800);
        UUID open = quarantined("OPEN", 800);
        UUID recent = quarantined("DISCARDED", 400);
        retention.round();
        assertThat(count("quarantine WHERE id = ?", decided)).isZero();
        assertThat(count("quarantine_action WHERE quarantine_id = ?", decided)).isZero();
        assertThat(count("quarantine WHERE id = ANY (?)", List.of(open, recent)))
                .isEqualTo(2);
        sql.update("UPDATE quarantine SET state = 'DISCARDED' WHERE id = ?", open); // others count open ones
    }

    private UUID quarantined(String state, int days) {
        Instant at = Instant.now().minus(days, ChronoUnit.DAYS);
        UUID id = old(at);
        sql.update("""
                INSERT INTO quarantine (id, topic, partition, record_offset, headers, reason, quarantined_at, state, digest)
                VALUES (?, 'lectern.bookings', 0, 1, '[]', 'failed', ?, ?, uuid_send(?))""", id, at, state, id);
        if (!state.equals("OPEN")) {
            sql.update("""
                    INSERT INTO quarantine_action (id, quarantine_id, action, outcome, actor, reason, acted_at)
                    VALUES (?, ?, 'DISCARD', 'DISCARDED', 'operator', 'a test', ?)""", old(at), id, at);
        }
        return id;
    }

    /** An id as it would have been given then. */
    private static UUID old(Instant at) {
        return new UUID(
                Uuid7.firstAt(at).getMostSignificantBits(), UUID.randomUUID().getLeastSignificantBits());
    }

    @Test
    void finishedTestsOfEndpoints_areRemoved() {
        UUID endpoint = lectures.endpoint(branch, true);
        UUID old = old(Instant.now().minus(PAST.plusDays(1)));
        UUID young = Uuid7.next();
        for (UUID id : List.of(old, young)) {
            sql.update(
                    "INSERT INTO endpoint_trial (id, endpoint_id, kind, actor, at) VALUES (?, ?, 'TEST', 'organizer', now())",
                    id,
                    endpoint);
        }
        retention.round();
        assertThat(count("endpoint_trial WHERE id = ?", old)).isZero();
        assertThat(count("endpoint_trial WHERE id = ?", young)).isEqualTo(1);
    }

    @Test
    void retentionShorterThanAPromise_isRefused() {
        assertThatThrownBy(() -> RetentionRounds.demand(
                        "lectern.retention.after-lecture",
                        Duration.ofDays(400),
                        "lectern.feed.past-shown-for",
                        Duration.ofDays(500)))
                .hasMessage(
                        "lectern.retention.after-lecture must be at least lectern.feed.past-shown-for, not PT9600H");
    }
}
