package org.lectern.notification.followup;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.answer.Answer;
import org.lectern.notification.answer.AnswerKind;
import org.lectern.notification.answer.Answers;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** Branches are reminded of their latest notice, once per lead time. */
@ServiceTest
class ReminderTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @Inject
    Answers answers;

    @Inject
    Lectures lectures;

    @Inject
    Reminders reminders;

    @Inject
    Sql sql;

    private final String code = "REM-" + UUID.randomUUID();
    private UUID branch;
    private UUID booking;

    @BeforeEach
    void aBranchThatIsReached() {
        branch = lectures.branch(code, null, "en");
        booking = UUID.randomUUID();
    }

    /** Notifies the branch, without escalations for a missing acknowledgement. */
    private UUID told(Scheduler.Message message, UUID to) {
        UUID notice = lectures.told(message, to);
        sql.update("UPDATE notice SET silent = true WHERE id = ?", notice);
        return notice;
    }

    private Scheduler.Message version(String type, int version, long hoursAhead) {
        return Scheduler.version(type, booking, version, branch, hoursAhead);
    }

    /** Runs a round in the test, for changes that the background rounds must not see. */
    private void remindsNoFurther(String... kinds) {
        reminders.remind();
        assertThat(lectures.kinds(branch, booking)).containsExactly(kinds);
    }

    @Test
    void aBranchIsRemindedOnceForEachLead() {
        lectures.endpoint(branch, true);
        UUID notice = told(version("confirmed", 1, 240), branch);
        remindsNoFurther("CONFIRMED");

        lectures.pass(booking, Duration.ofHours(73));
        lectures.awaitKinds(branch, booking, "CONFIRMED", "REMINDER");
        remindsNoFurther("CONFIRMED", "REMINDER");
        lectures.pass(booking, Duration.ofHours(144));
        lectures.awaitKinds(branch, booking, "CONFIRMED", "REMINDER", "REMINDER");
        lectures.pass(booking, Duration.ofMinutes(21 * 60 + 30));
        lectures.awaitKinds(branch, booking, "CONFIRMED", "REMINDER", "REMINDER", "REMINDER");
        remindsNoFurther("CONFIRMED", "REMINDER", "REMINDER", "REMINDER");

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(lectures.deliveries(branch, booking, "REMINDER"))
                        .containsExactly("DELIVERED", "DELIVERED", "DELIVERED"));
        given().auth()
                .oauth2(Tokens.branch(code))
                .get("/api/v1/branches/" + branch + "/notices")
                .then()
                .statusCode(200)
                .body("items[0].kind", equalTo("reminder"))
                .body("items[0].title", equalTo("Reminder: 乡村振兴政策解读"))
                .body("items[0].repeats", equalTo(notice.toString()))
                .body("items[0].urgent", equalTo(false))
                .body("items[0].acknowledgement.state", equalTo("due"));
    }

    @Test
    void aReminderIsInTheLanguageOfItsBranchAndNamesTimeAndPlace() {
        UUID chinese = lectures.branch("REM-" + UUID.randomUUID(), null, "zh-CN");
        var told = Scheduler.confirmed(chinese, 240);
        told(told, chinese);
        lectures.pass(told.subject(), Duration.ofHours(73));
        lectures.awaitKinds(chinese, told.subject(), "CONFIRMED", "REMINDER");
        String body = sql.one(
                        "SELECT title || chr(10) || body AS text FROM notice WHERE branch_id = ? AND kind = 'REMINDER'",
                        row -> row.text("text"),
                        chinese)
                .orElseThrow();
        assertThat(body.lines()).startsWith("宣讲提醒：乡村振兴政策解读").contains("讲师：林晓岚");
        assertThat(body).contains("时间：", "地点：");
    }

    @Test
    void declinedLecture_isNotRemindedOfUntilItIsAcknowledged() {
        UUID notice = told(version("confirmed", 1, 240), branch);
        answers.take(notice, new byte[] {1}, new Answer(AnswerKind.DECLINED, null, null));
        lectures.pass(booking, Duration.ofHours(73));
        remindsNoFurther("CONFIRMED");

        answers.take(notice, new byte[] {2}, new Answer(AnswerKind.ACCEPTED, null, null));

        lectures.awaitKinds(branch, booking, "CONFIRMED", "REMINDER");
    }

    @Test
    void lateBooking_getsTheNextReminderOnly() {
        told(version("confirmed", 1, 72), branch);
        remindsNoFurther("CONFIRMED");
        lectures.pass(booking, Duration.ofHours(49));
        lectures.awaitKinds(branch, booking, "CONFIRMED", "REMINDER");
    }

    @Test
    void outage_sendsTheNearestReminderOnly() {
        told(version("confirmed", 1, 240), branch);
        lectures.pass(booking, Duration.ofHours(217));
        lectures.awaitKinds(branch, booking, "CONFIRMED", "REMINDER");
        remindsNoFurther("CONFIRMED", "REMINDER");
        assertThat(sql.list(
                        "SELECT lead_seconds FROM reminder WHERE branch_id = ?",
                        row -> row.bigNumber("lead_seconds"),
                        branch))
                .containsExactly(Duration.ofDays(1).toSeconds());
    }

    @Test
    void round_readsRecentlyDueItemsOnly() {
        told(version("confirmed", 1, 240), branch);
        QuarkusTransaction.begin(); // so that no background round sees the changed time
        try {
            assertThat(reminders.due(Duration.ofDays(7))).doesNotContain(booking);
            Instant start = sql.one(
                            "SELECT starts_at FROM notice WHERE booking_id = ?", row -> row.time("starts_at"), booking)
                    .orElseThrow();
            lectures.pass(
                    booking,
                    Duration.between(Instant.now(), start.minus(Duration.ofDays(7)))
                            .plusMinutes(5));
            assertThat(reminders.due(Duration.ofMinutes(10))).contains(booking);
            lectures.pass(booking, Duration.ofMinutes(10));
            assertThat(reminders.due(Duration.ofMinutes(10))).doesNotContain(booking);
            assertThat(reminders.due(Duration.ofDays(7))).contains(booking);
            lectures.pass(booking, Duration.ofDays(6).minusMinutes(10));
            assertThat(reminders.due(Duration.ofMinutes(10)))
                    .as("of the next lead")
                    .contains(booking);
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void remindersFollowALectureThatIsMoved() {
        told(version("confirmed", 1, 240), branch);
        lectures.pass(booking, Duration.ofHours(73));
        lectures.awaitKinds(branch, booking, "CONFIRMED", "REMINDER");
        UUID moved = told(version("rescheduled", 2, 480), branch);
        remindsNoFurther("CONFIRMED", "REMINDER", "RESCHEDULED");
        lectures.pass(booking, Duration.ofHours(313));
        lectures.awaitKinds(branch, booking, "CONFIRMED", "REMINDER", "RESCHEDULED", "REMINDER");
        assertThat(sql.list(
                        "SELECT repeats FROM notice WHERE branch_id = ? AND kind = 'REMINDER' ORDER BY sequence DESC",
                        row -> row.id("repeats"),
                        branch))
                .startsWith(moved);
    }

    @Test
    void aNewLecturerIsNoReasonToRemindAgain() {
        told(version("confirmed", 1, 240), branch);
        lectures.pass(booking, Duration.ofHours(73));
        lectures.awaitKinds(branch, booking, "CONFIRMED", "REMINDER");
        var reassigned = version("reassigned", 2, 240);
        String start = sql.one(
                        "SELECT starts_at FROM notice WHERE branch_id = ? LIMIT 1",
                        row -> row.time("starts_at").toString(),
                        branch)
                .orElseThrow();
        reassigned.data().put("start", start);
        told(reassigned, branch);
        remindsNoFurther("CONFIRMED", "REMINDER", "REASSIGNED");
    }

    @Test
    void remindersVanishWithACancellation() {
        told(version("confirmed", 1, 240), branch);
        told(version("cancelled", 2, 240), branch);
        lectures.pass(booking, Duration.ofHours(73));
        remindsNoFurther("CONFIRMED", "CANCELLED");
    }

    @Test
    void news_withdrawsWaitingReminders() {
        lectures.endpoint(branch, false);
        told(version("confirmed", 1, 240), branch);
        lectures.pass(booking, Duration.ofHours(73));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(lectures.deliveries(branch, booking, "REMINDER"))
                        .containsExactly("PARKED"));
        told(version("cancelled", 2, 240), branch);
        assertThat(lectures.deliveries(branch, booking, "REMINDER")).containsExactly("SUPERSEDED superseded");
        assertThat(lectures.deliveries(branch, booking, "CANCELLED")).containsExactly("PARKED");
    }

    @Test
    void branchWithoutReminders_getsNone() {
        sql.update("""
                INSERT INTO recipient_preference (branch_id, reminders, version, updated_at, updated_by)
                VALUES (?, false, 2, now(), 'test')""", branch);
        told(version("confirmed", 1, 240), branch);
        lectures.pass(booking, Duration.ofHours(73));
        remindsNoFurther("CONFIRMED");
    }

    @Test
    void acknowledgedReminder_acknowledgesTheNotice() {
        UUID notice = told(version("confirmed", 1, 240), branch);
        lectures.pass(booking, Duration.ofHours(73));
        lectures.awaitKinds(branch, booking, "CONFIRMED", "REMINDER");
        UUID reminder = sql.one(
                        "SELECT id FROM notice WHERE branch_id = ? AND kind = 'REMINDER'", row -> row.id("id"), branch)
                .orElseThrow();
        given().auth()
                .oauth2(Tokens.branch(code))
                .post("/api/v1/notices/" + reminder + "/acknowledgement")
                .then()
                .statusCode(200)
                .body("noticeId", equalTo(notice.toString()), "version", equalTo(1));
        given().auth()
                .oauth2(Tokens.branch(code))
                .get("/api/v1/branches/" + branch + "/notices")
                .then()
                .body("items[0].acknowledgement.state", equalTo("given"))
                .body("items[1].acknowledgement.state", equalTo("given"));
    }

    /** As with several processes. */
    @Test
    void concurrentRounds_writeEachReminderOnce() throws Exception {
        List<UUID> bookings =
                IntStream.range(0, 20).mapToObj(i -> UUID.randomUUID()).toList();
        for (UUID each : bookings) {
            told(Scheduler.version("confirmed", each, 1, branch, 240), branch);
        }
        CountDownLatch together = new CountDownLatch(1);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> rounds = IntStream.range(0, 6)
                    .<Future<?>>mapToObj(i -> pool.submit(() -> {
                        together.await();
                        for (int round = 0; round < 5; round++) {
                            reminders.remind();
                        }
                        return null;
                    }))
                    .toList();
            together.countDown();
            bookings.forEach(each -> lectures.pass(each, Duration.ofHours(73)));
            for (Future<?> round : rounds) {
                round.get();
            }
        }
        for (UUID each : bookings) {
            lectures.awaitKinds(branch, each, "CONFIRMED", "REMINDER");
        }
        assertThat(sql.list(
                        "SELECT sequence FROM notice WHERE branch_id = ? ORDER BY sequence",
                        row -> row.bigNumber("sequence"),
                        branch))
                .as("numbers without a gap")
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 40).boxed().toList());
    }
}
