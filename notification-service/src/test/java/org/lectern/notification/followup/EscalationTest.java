package org.lectern.notification.followup;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.answer.Answer;
import org.lectern.notification.answer.AnswerKind;
import org.lectern.notification.answer.Answers;
import org.lectern.notification.link.Links;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/**
 * Without an acknowledgement, reminders go to the branch, then to those above it, then to the organizers; each once.
 */
@ServiceTest
class EscalationTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration DAY = Duration.ofMinutes(24 * 60 + 1);

    @Inject
    Lectures lectures;

    @Inject
    Escalations escalations;

    @Inject
    Answers answers;

    @Inject
    Links links;

    @Inject
    Sql sql;

    private final String townCode = "ESC-" + UUID.randomUUID();
    private final String villageCode = "ESC-" + UUID.randomUUID();
    private UUID town;
    private UUID village;
    private UUID booking;

    @BeforeEach
    void aVillageOfATown() {
        town = lectures.branch(townCode, null, "en");
        village = lectures.branch(villageCode, town, "zh-CN");
        booking = UUID.randomUUID();
    }

    private Scheduler.Message version(String type, int version, long hoursAhead) {
        return Scheduler.version(type, booking, version, village, hoursAhead);
    }

    private ValidatableResponse steps(UUID notice) {
        return given().auth()
                .oauth2(Tokens.organizer())
                .get("/api/v1/notices/" + notice + "/escalations")
                .then()
                .statusCode(200);
    }

    private void awaitSteps(UUID notice, String... steps) {
        await().atMost(LONG).untilAsserted(() -> steps(notice).body("items.step", contains(steps)));
    }

    /** Runs a round in the test, for changes that the background rounds must not see. */
    private void nothingMoreIsDone(UUID notice, String... steps) {
        escalations.escalate();
        assertThat(sql.list(
                        "SELECT lower(step) AS step FROM escalation WHERE notice_id = ? ORDER BY at, id",
                        row -> row.text("step"),
                        notice))
                .containsExactly(steps);
    }

    private void acknowledge(String token, UUID notice) {
        given().auth()
                .oauth2(token)
                .post("/api/v1/notices/" + notice + "/acknowledgement")
                .then()
                .statusCode(200);
    }

    @Test
    void steps_areBranchThenParentThenOrganizers() {
        UUID organizers = lectures.branch("ORGANIZERS", null, "en");
        lectures.endpoint(village, true);
        lectures.endpoint(town, true);
        UUID notice = lectures.told(version("confirmed", 1, 720), village);
        nothingMoreIsDone(notice);

        lectures.pass(booking, DAY);
        awaitSteps(notice, "repeat");
        nothingMoreIsDone(notice, "repeat");
        lectures.pass(booking, DAY);
        awaitSteps(notice, "repeat", "parent");
        nothingMoreIsDone(notice, "repeat", "parent");
        lectures.pass(booking, DAY);
        awaitSteps(notice, "repeat", "parent", "organizer");
        lectures.pass(booking, DAY);
        nothingMoreIsDone(notice, "repeat", "parent", "organizer");

        steps(notice)
                .body("items.reason", everyItem(equalTo("no-answer")))
                .body("items.open", everyItem(equalTo(true)))
                .body("items.endpoints", contains(1, 1, 0))
                .body("items.notifiedBranchId", contains(village.toString(), town.toString(), organizers.toString()));
        assertThat(lectures.kinds(village, booking)).containsExactly("CONFIRMED", "ACKNOWLEDGEMENT_OVERDUE");
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(lectures.deliveries(village, booking, "ACKNOWLEDGEMENT_OVERDUE"))
                    .containsExactly("DELIVERED");
            assertThat(lectures.deliveries(town, booking, "ESCALATED")).containsExactly("DELIVERED");
        });
        assertThat(texts(village, "ACKNOWLEDGEMENT_OVERDUE"))
                .startsWith("待确认：宣讲已确定：乡村振兴政策解读")
                .endsWith("贵单位尚未确认知悉，请尽快确认。");
        assertThat(texts(town, "ESCALATED"))
                .startsWith("No confirmation from ")
                .contains("Topic: 乡村振兴政策解读", "Lecturer: 林晓岚", "has not confirmed it yet");
        given().auth()
                .oauth2(Tokens.organizer())
                .queryParam("bookingId", booking.toString())
                .queryParam("open", "true")
                .get("/api/v1/escalations")
                .then()
                .statusCode(200)
                .body("items.step", contains("organizer", "parent", "repeat"))
                .body("items.recipientCode", everyItem(equalTo(villageCode)));
    }

    private String texts(UUID branch, String kind) {
        return sql.one(
                        "SELECT title || chr(10) || body AS text FROM notice WHERE branch_id = ? AND kind = ?",
                        row -> row.text("text"),
                        branch,
                        kind)
                .orElseThrow();
    }

    @Test
    void acknowledgement_endsTheEscalation() {
        UUID notice = lectures.told(version("confirmed", 1, 720), village);
        lectures.pass(booking, DAY);
        awaitSteps(notice, "repeat");
        acknowledge(Tokens.branch(villageCode), notice);
        steps(notice).body("items.open", contains(false));
        lectures.pass(booking, DAY.multipliedBy(2));
        nothingMoreIsDone(notice, "repeat");
    }

    @Test
    void calendarAnswer_endsItAndWithdrawsWaitingDeliveries() {
        lectures.endpoint(village, false);
        UUID notice = lectures.told(version("confirmed", 1, 720), village);
        lectures.pass(booking, DAY);
        awaitSteps(notice, "repeat");

        answers.take(notice, new byte[] {1}, new Answer(AnswerKind.TENTATIVE, null, null));
        assertThat(lectures.deliveries(village, booking, "ACKNOWLEDGEMENT_OVERDUE"))
                .containsExactly("PARKED");
        answers.take(notice, new byte[] {2}, new Answer(AnswerKind.DECLINED, null, null));

        assertThat(lectures.deliveries(village, booking, "ACKNOWLEDGEMENT_OVERDUE"))
                .containsExactly("SUPERSEDED answered");
        steps(notice).body("items.open", contains(false));
        lectures.pass(booking, DAY.multipliedBy(2));
        nothingMoreIsDone(notice, "repeat");
        UUID moved = lectures.told(version("rescheduled", 2, 720), village);
        lectures.pass(booking, DAY);
        awaitSteps(moved, "repeat");
    }

    @Test
    void notifiedParent_mayAcknowledge() {
        UUID notice = lectures.told(version("confirmed", 1, 720), village);
        lectures.pass(booking, DAY);
        awaitSteps(notice, "repeat");
        lectures.pass(booking, DAY);
        awaitSteps(notice, "repeat", "parent");
        UUID told = sql.one(
                        "SELECT id FROM notice WHERE branch_id = ? AND kind = 'ESCALATED'", row -> row.id("id"), town)
                .orElseThrow();
        acknowledge(Tokens.branch(townCode), told);
        assertThat(sql.list(
                        "SELECT notice_id FROM acknowledgement WHERE branch_id = ?",
                        row -> row.id("notice_id"),
                        village))
                .containsExactly(notice);
        lectures.pass(booking, DAY);
        nothingMoreIsDone(notice, "repeat", "parent");
    }

    @Test
    void linkInAnyStep_acknowledgesForTheBranch() {
        UUID notice = lectures.told(version("confirmed", 1, 720), village);
        lectures.pass(booking, DAY);
        awaitSteps(notice, "repeat");
        UUID again = sql.one(
                        "SELECT id FROM notice WHERE branch_id = ? AND kind = 'ACKNOWLEDGEMENT_OVERDUE'",
                        row -> row.id("id"),
                        village)
                .orElseThrow();
        String path = URI.create(links.of(again, new UUID(1, 1)).orElseThrow()).getPath();
        given().get(path).then().statusCode(200).body(containsString("待确认：宣讲已确定"));
        assertThat(acknowledgedBy(notice)).isEmpty();
        given().redirects().follow(false).post(path).then().statusCode(303);
        assertThat(acknowledgedBy(notice)).containsExactly("link");
        given().get(path).then().statusCode(200).body(not(containsString("<button")));
    }

    private List<String> acknowledgedBy(UUID notice) {
        return sql.list("SELECT channel FROM acknowledgement WHERE notice_id = ?", row -> row.text("channel"), notice);
    }

    @Test
    void fallbackEndpoint_isUsedOnlyWithoutAnAnswer() {
        lectures.endpoint(village, true);
        UUID deputy = lectures.endpoint(village, true);
        sql.update("UPDATE endpoint SET fallback = true WHERE id = ?", deputy);
        UUID notice = lectures.told(version("confirmed", 1, 720), village);
        assertThat(lectures.deliveries(village, booking, "CONFIRMED")).hasSize(1);
        lectures.pass(booking, DAY);
        awaitSteps(notice, "repeat");
        steps(notice).body("items.endpoints", contains(2));
    }

    @Test
    void acknowledgement_withdrawsWaitingDeliveries() {
        lectures.endpoint(village, false);
        UUID notice = lectures.told(version("confirmed", 1, 720), village);
        lectures.pass(booking, DAY);
        awaitSteps(notice, "repeat");
        assertThat(lectures.deliveries(village, booking, "ACKNOWLEDGEMENT_OVERDUE"))
                .containsExactly("PARKED");
        acknowledge(Tokens.branch(villageCode), notice);
        assertThat(lectures.deliveries(village, booking, "ACKNOWLEDGEMENT_OVERDUE"))
                .containsExactly("SUPERSEDED acknowledged");
    }

    @Test
    void laterNotice_startsANewEscalation() {
        UUID first = lectures.told(version("confirmed", 1, 720), village);
        lectures.pass(booking, DAY);
        awaitSteps(first, "repeat");
        UUID second = lectures.told(version("rescheduled", 2, 744), village);
        steps(first).body("items.open", contains(false));
        nothingMoreIsDone(second);
        lectures.pass(booking, DAY);
        awaitSteps(second, "repeat");
        nothingMoreIsDone(first, "repeat");
    }

    @Test
    void cancellationOfAnAnnouncedLecture_isEscalated() {
        lectures.endpoint(village, true);
        UUID notice = lectures.told(version("confirmed", 1, 720), village);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(lectures.deliveries(village, booking, "CONFIRMED"))
                        .containsExactly("DELIVERED"));
        UUID cancelled = lectures.told(version("cancelled", 2, 720), village);
        lectures.pass(booking, DAY);
        awaitSteps(cancelled, "repeat");
        nothingMoreIsDone(notice);
    }

    @Test
    void cancellationOfAnUnannouncedLecture_isNotEscalated() {
        UUID notice = lectures.told(version("confirmed", 1, 720), village);
        UUID cancelled = lectures.told(version("cancelled", 2, 720), village);
        lectures.pass(booking, DAY);
        nothingMoreIsDone(cancelled);
        nothingMoreIsDone(notice);
    }

    @Test
    void nearLecture_shortensTheTimeToAnswer() {
        UUID notice = lectures.told(version("confirmed", 1, 8), village);
        lectures.pass(booking, Duration.ofMinutes(50));
        nothingMoreIsDone(notice);
        lectures.pass(booking, Duration.ofMinutes(11));
        awaitSteps(notice, "repeat");
        nothingMoreIsDone(notice, "repeat");
        steps(notice).body("items.reason", contains("lecture-is-near"));
        lectures.pass(booking, Duration.ofMinutes(61));
        awaitSteps(notice, "repeat", "parent");
    }

    @Test
    void round_readsRecentlyDueItemsOnly() {
        UUID notice = lectures.told(version("confirmed", 1, 720), village);
        QuarkusTransaction.begin(); // so that no background round sees the changed time
        try {
            dueOfLate(notice);
            lectures.pass(booking, Duration.ofHours(24).plusMinutes(5));
            dueOfLate(notice, EscalationLevel.REPEAT);
            lectures.pass(booking, Duration.ofMinutes(10));
            dueOfLate(notice);

            taken(notice, EscalationLevel.REPEAT);
            lectures.pass(booking, Duration.ofHours(23).plusMinutes(50));
            dueOfLate(notice, EscalationLevel.PARENT);
            taken(notice, EscalationLevel.PARENT);
            // the lecture is near before the previous step's time is over
            lectures.pass(booking, Duration.ofHours(720 - 48 - 12));
            sql.update("UPDATE escalation SET at = now() - interval '2 hours' WHERE notice_id = ?", notice);
            sql.update(
                    "UPDATE notice SET created_at = now() - interval '50 hours', starts_at = now() + interval '11 hours 55 minutes'"
                            + " WHERE id = ?",
                    notice);
            dueOfLate(notice, EscalationLevel.ORGANIZER);
            // both times are over, and the previous step's waiting time just ended
            sql.update("UPDATE notice SET created_at = now() - interval '80 hours' WHERE id = ?", notice);
            sql.update("UPDATE notice SET starts_at = now() + interval '5 hours' WHERE id = ?", notice);
            dueOfLate(notice);
            sql.update("UPDATE escalation SET at = now() - interval '61 minutes' WHERE notice_id = ?", notice);
            dueOfLate(notice, EscalationLevel.ORGANIZER);
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private void dueOfLate(UUID notice, EscalationLevel... steps) {
        assertThat(escalations.due(Duration.ofMinutes(10)).stream()
                        .filter(due -> due.notice().equals(notice))
                        .map(Escalations.Due::step))
                .containsExactly(steps);
    }

    private void taken(UUID notice, EscalationLevel step) {
        sql.update(
                "INSERT INTO escalation (id, notice_id, branch_id, booking_id, step, reason, at, endpoints)"
                        + " VALUES (?, ?, ?, ?, ?, 'no-answer', now(), 0)",
                UUID.randomUUID(),
                notice,
                village,
                booking,
                step.name());
    }

    @Test
    void escalation_endsWithTheLecture() {
        UUID notice = lectures.told(version("confirmed", 1, 48), village);
        lectures.pass(booking, Duration.ofHours(51));
        nothingMoreIsDone(notice);
    }

    @Test
    void branchWithoutParent_isEscalatedToTheOrganizers() {
        var told = Scheduler.confirmed(town, 720);
        booking = told.subject();
        UUID notice = lectures.told(told, town);
        lectures.pass(booking, DAY.multipliedBy(2));
        awaitSteps(notice, "repeat");
        lectures.pass(booking, DAY);
        awaitSteps(notice, "repeat", "parent");
        steps(notice).body("items[1].notifiedBranchId", nullValue(), "items[1].endpoints", equalTo(0));
        lectures.pass(booking, DAY);
        awaitSteps(notice, "repeat", "parent", "organizer");
    }

    @Test
    void steps_areVisibleWithinTheScopeOnly() {
        UUID notice = lectures.told(version("confirmed", 1, 720), village);
        String path = "/api/v1/notices/" + notice + "/escalations";
        for (String code : List.of(villageCode, townCode)) {
            given().auth()
                    .oauth2(Tokens.branch(code))
                    .get(path)
                    .then()
                    .statusCode(200)
                    .body("items", empty());
        }
        given().auth()
                .oauth2(Tokens.branch("ESC-" + UUID.randomUUID()))
                .get(path)
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(Tokens.branch(villageCode))
                .get("/api/v1/escalations")
                .then()
                .statusCode(403);
    }

    /** As with several processes. */
    @Test
    void concurrentRounds_takeEachStepOnce() throws Exception {
        List<Scheduler.Message> told = IntStream.range(0, 15)
                .mapToObj(i -> Scheduler.confirmed(village, 720))
                .toList();
        List<UUID> notices =
                told.stream().map(message -> lectures.told(message, village)).toList();
        CountDownLatch together = new CountDownLatch(1);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> rounds = IntStream.range(0, 6)
                    .<Future<?>>mapToObj(i -> pool.submit(() -> {
                        together.await();
                        for (int round = 0; round < 5; round++) {
                            escalations.escalate();
                        }
                        return null;
                    }))
                    .toList();
            together.countDown();
            told.forEach(each -> lectures.pass(each.subject(), DAY));
            for (Future<?> round : rounds) {
                round.get();
            }
        }
        for (UUID notice : notices) {
            awaitSteps(notice, "repeat");
        }
        for (Scheduler.Message each : told) {
            assertThat(lectures.kinds(village, each.subject())).containsExactly("CONFIRMED", "ACKNOWLEDGEMENT_OVERDUE");
        }
    }
}
