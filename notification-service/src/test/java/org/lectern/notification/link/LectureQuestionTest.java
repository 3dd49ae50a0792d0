package org.lectern.notification.link;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Contract;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** A lecturer accepts or declines a lecture by the link in a message, without a login. */
@ServiceTest
class LectureQuestionTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Inject
    Links links;

    @Inject
    Lectures lectures;

    @Inject
    Sql sql;

    private final UUID booking = UUID.randomUUID();
    private final UUID answer = UUID.randomUUID();
    private UUID host;
    private UUID lecturer;
    private UUID endpoint;
    private UUID notice;
    private Scheduler.Message confirmed;
    private String page;

    @BeforeEach
    void aLectureWithAQuestion() {
        host = lectures.branch("LQT-" + UUID.randomUUID(), null, "en");
        lecturer = lectures.lecturer("L-" + UUID.randomUUID(), "zh-CN");
        endpoint = lectures.endpoint(lecturer, true);
        confirmed = Scheduler.version("confirmed", booking, 1, host, 96).by(lecturer);
        notice = lectures.told(confirmed, lecturer);
        page = page(notice, endpoint);
        scheduler(1, "PENDING", confirmed);
    }

    @Test
    void question_isShownAndReadingChangesNothing() {
        for (int i = 0; i < 3; i++) {
            read().statusCode(200).body(containsString("您能否主讲？请在"), containsString("接受"), containsString("谢绝"));
        }
        given().get(page + "?lang=en")
                .then()
                .body(containsString("Can you give this lecture?"), containsString("Why can you not give it?"));

        assertThat(events()).isEmpty();
    }

    @Test
    void accepted_isSentAndAcknowledges() throws Exception {
        tap("accept", null);
        tap("accept", null);

        assertThat(events()).singleElement().satisfies(data -> {
            assertThat(Contract.breaches("lecture.answered.v1", data)).isEmpty();
            assertThat(data).contains("\"accepted\"", booking.toString(), lecturer.toString());
        });
        read().body(containsString("接受，谢谢"), containsString("谢绝"), not(containsString("value=\"accept\"")));
        assertThat(acknowledged()).isEqualTo(1);
    }

    @Test
    void declined_needsAReasonFromTheList() throws Exception {
        tap("decline", null);
        tap("decline", "我不想去");
        assertThat(events()).isEmpty();

        tap("decline", "ill");

        assertThat(events()).singleElement().satisfies(data -> {
            assertThat(Contract.breaches("lecture.answered.v1", data)).isEmpty();
            assertThat(data).contains("\"declined\"", "\"ill\"");
        });
        read().body(containsString("将另行安排讲师"), not(containsString("value=\"decline\"")));
    }

    @Test
    void changedAnswer_isSentAgain() {
        tap("accept", null);
        tap("decline", "cannot-travel");

        assertThat(events()).hasSize(2);
        assertThat(events().getLast()).contains("declined");
    }

    @Test
    void answerOfTheScheduler_isShown() {
        scheduler(2, "DECLINED", confirmed);

        read().body(containsString("谢绝"), not(containsString("value=\"decline\"")), containsString("value=\"accept\""));
        scheduler(3, "OVERDUE", confirmed);
        read().body(containsString("现已超过"), containsString("value=\"decline\""));
    }

    @Test
    void outdatedLink_answersTheNewestVersionOnlyAfterItWasShown() {
        Scheduler.Message moved =
                Scheduler.version("rescheduled", booking, 2, host, 120).by(lecturer);
        lectures.told(moved, lecturer);
        scheduler(2, "PENDING", moved);

        tap("accept", null); // of the version that the page showed before

        assertThat(events()).isEmpty();
        read().body(containsString("本通知已过时"), containsString("value=\"accept\""));
    }

    @Test
    void lectureOfAnotherLecturer_isNotAnswered() {
        UUID next = lectures.lecturer("L-" + UUID.randomUUID(), "en");
        lectures.told(
                Scheduler.version("reassigned", booking, 2, host, 96).by(next).before(lecturer), next);

        tap("accept", null);

        assertThat(events()).isEmpty();
        read().body(containsString("本通知已过时"), not(containsString("value=\"accept\"")));
    }

    @Test
    void linkOfAnotherRecipientOrUnusedEndpoint_answersNothing() {
        UUID organizers = lectures.endpoint(host, true);
        String other = page(notice, organizers);
        given().get(other).then().statusCode(200).body(not(containsString("value=\"accept\"")));
        post(other, "accept", null);
        sql.update("UPDATE endpoint SET enabled = false WHERE id = ?", endpoint);
        tap("decline", "ill");

        assertThat(events()).isEmpty();
        read().body(not(containsString("value=\"accept\"")));
    }

    @Test
    void lecturerWhoIsNotAsked_confirmsOnly() {
        scheduler(2, "CLOSED", confirmed);

        read().body(containsString("已知悉"), not(containsString("value=\"accept\"")));
        tap("accept", null);
        assertThat(events()).isEmpty();
    }

    @Test
    void exampleOfTheContract_fitsItsSchema() throws Exception {
        String example = Contract.example("lecture.answered.v1");

        assertThat(Contract.breaches("lecture.answered.v1", example)).isEmpty();
        assertThat(Contract.breaches("lecture.answered.v1", example.replace("other-appointment", "我不想去")))
                .isNotEmpty();
    }

    private void scheduler(int version, String state, Scheduler.Message lecture) {
        Scheduler.send(Scheduler.answer(answer, version, state, lecture, lecturer));
        await().atMost(PATIENCE)
                .until(
                        () -> sql.one(
                                "SELECT version FROM lecturer_answer WHERE booking_id = ?",
                                row -> row.number("version"),
                                booking),
                        found -> found.filter(stored -> stored == version).isPresent());
    }

    private String page(UUID notice, UUID endpoint) {
        return URI.create(links.of(notice, endpoint).orElseThrow()).getPath();
    }

    private ValidatableResponse read() {
        return given().get(page).then();
    }

    private void tap(String what, @Nullable String why) {
        post(page, what, why);
    }

    private void post(String path, String what, @Nullable String why) {
        RequestSpecification form = given().redirects()
                .follow(false)
                .formParam("notice", notice.toString())
                .formParam("answer", what);
        (why == null
                        ? form
                        : form.contentType("application/x-www-form-urlencoded; charset=UTF-8")
                                .formParam("reason", why))
                .post(path)
                .then()
                .statusCode(303);
    }

    private int acknowledged() {
        return sql.list("SELECT channel FROM acknowledgement WHERE notice_id = ?", row -> row.text("channel"), notice)
                .size();
    }

    private List<String> events() {
        return sql.list(
                "SELECT data FROM outbox WHERE subject = ? AND type = 'lectern.lecture.answered.v1' ORDER BY occurred_at",
                row -> row.text("data"),
                booking);
    }
}
