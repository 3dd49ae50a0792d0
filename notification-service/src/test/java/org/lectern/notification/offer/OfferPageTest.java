package org.lectern.notification.offer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.link.Links;
import org.lectern.notification.support.Contract;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** A branch takes or declines an offer by the link in a message, and the page promises nothing beyond that. */
@ServiceTest
class OfferPageTest {

    @Inject
    Links links;

    @Inject
    Lectures lectures;

    @Inject
    Sql sql;

    private final UUID request = UUID.randomUUID();
    private UUID branch;
    private UUID endpoint;
    private UUID notice;
    private String page;

    @BeforeEach
    void anOffer() {
        branch = lectures.branch("OFR-" + UUID.randomUUID(), null, "zh-CN");
        endpoint = lectures.endpoint(branch, true);
        Scheduler.send(Scheduler.request("requested", request, 1, branch));
        notice = told("offered", 2);
        page = URI.create(links.ofOffer(notice, endpoint).orElseThrow()).getPath();
    }

    @Test
    void openOffer_isShownWithBothButtonsAndReadingChangesNothing() {
        read().statusCode(200)
                .header("Content-Language", equalTo("zh-CN"))
                .body(containsString("为您预留了时段：乡村振兴政策解读"), containsString("接受"), containsString("谢绝"));
        given().get(page + "?lang=en").then().body(containsString("Take the slot"), containsString("Decline"));

        assertThat(events()).isEmpty();
    }

    @Test
    void taken_isSentToTheSchedulerAndThePageSaysSo() throws Exception {
        answer("take");

        assertThat(events()).singleElement().satisfies(data -> {
            assertThat(Contract.breaches("offer.answered.v1", data)).isEmpty();
            assertThat(data).contains("\"taken\"", request.toString(), branch.toString());
        });
        read().body(containsString("并已告知组织者"), containsString("将另行通知"), not(containsString("<button")));
    }

    @Test
    void declined_isSentToTheScheduler() {
        answer("decline");

        assertThat(events()).singleElement().satisfies(data -> assertThat(data).contains("\"declined\""));
        read().body(containsString("谢绝，并已告知组织者"));
    }

    @Test
    void firstAnswerCounts() {
        answer("decline");
        answer("take");
        answer("decline");

        assertThat(events()).singleElement().satisfies(data -> assertThat(data).contains("\"declined\""));
    }

    @Test
    void changedOffer_isOutOfDateAndTakesNoAnswer() {
        UUID newer = told("offered", 3);

        answer("take");

        assertThat(events()).isEmpty();
        read().body(containsString("该时段已失效"), not(containsString("<button")));
        String current =
                URI.create(links.ofOffer(newer, endpoint).orElseThrow()).getPath();
        given().get(current).then().body(containsString("<button"));
    }

    @Test
    void answeredOfferThatChanged_pointsToTheNewestMessage() {
        answer("take");
        told("offer-expired", 3);

        read().body(containsString("请以最新消息为准"), not(containsString("<button")));
    }

    @Test
    void endpointNoLongerInUse_takesNoAnswer() {
        sql.update("UPDATE endpoint SET enabled = false WHERE id = ?", endpoint);

        answer("take");

        assertThat(events()).isEmpty();
        read().body(not(containsString("<button")));
    }

    @Test
    void linkToAcknowledge_opensNoOffer() {
        String acknowledge =
                URI.create(links.of(notice, endpoint).orElseThrow()).getPath();

        for (String path : List.of(acknowledge.replace("/a/", "/o/"), "/o/x", page.substring(0, page.length() - 1))) {
            given().get(path).then().statusCode(404).body(containsString("<h1"));
            given().formParam("answer", "take").post(path).then().statusCode(404);
        }
        given().get(page.replace("/o/", "/a/")).then().statusCode(404);
        assertThat(events()).isEmpty();
    }

    @Test
    void exampleOfTheContractFitsItsSchema() throws Exception {
        String example = Contract.example("offer.answered.v1");

        assertThat(Contract.breaches("offer.answered.v1", example)).isEmpty();
        assertThat(Contract.breaches("offer.answered.v1", example.replace("taken", "perhaps")))
                .isNotEmpty();
    }

    private UUID told(String change, int version) {
        Scheduler.send(Scheduler.request(change, request, version, branch));
        return await().until(
                        () -> sql.one(
                                "SELECT id FROM notice WHERE request_id = ? AND version = ?",
                                row -> row.id("id"),
                                request,
                                version),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private ValidatableResponse read() {
        return given().get(page).then();
    }

    private void answer(String answer) {
        given().redirects()
                .follow(false)
                .formParam("answer", answer)
                .post(page)
                .then()
                .statusCode(303)
                .header("Location", containsString(page));
    }

    private List<String> events() {
        return sql.list(
                "SELECT data FROM outbox WHERE subject = ? AND type = 'lectern.offer.answered.v1'",
                row -> row.text("data"),
                request);
    }
}
