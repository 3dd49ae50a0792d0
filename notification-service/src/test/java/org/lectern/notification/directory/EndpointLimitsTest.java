package org.lectern.notification.directory;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.notification.support.Tokens;

/** A branch has a bounded number of endpoints. */
@ServiceTest
class EndpointLimitsTest {

    private static final int MAILBOXES = 10;
    private static final int ENDPOINTS = 20;

    private UUID branch;

    @BeforeEach
    void aBranch() {
        branch = Scheduler.branch("LIM-" + UUID.randomUUID(), null, "en");
        await().untilAsserted(() ->
                given().auth().oauth2(Tokens.operator()).get(endpoints()).then().statusCode(200));
    }

    @Test
    void mailboxes_areBoundedAndRemovingOneMakesRoom() {
        String first = mailbox().statusCode(201).extract().path("id");
        for (int i = 1; i < MAILBOXES; i++) {
            mailbox().statusCode(201);
        }
        mailbox()
                .statusCode(409)
                .body("code", equalTo("too-many-mailboxes"))
                .body("count", equalTo(MAILBOXES))
                .body("limit", equalTo(MAILBOXES))
                .body("detail", containsString("Remove one"));
        webhook(0).statusCode(201);

        given().auth()
                .oauth2(Tokens.organizer())
                .header("If-Match", "\"1\"")
                .delete(endpoints() + "/" + first)
                .then()
                .statusCode(204);
        mailbox().statusCode(201);
    }

    @Test
    void endpointsOfAllChannels_areBounded() {
        for (int i = 0; i < ENDPOINTS; i++) {
            webhook(i).statusCode(201);
        }
        webhook(ENDPOINTS)
                .statusCode(409)
                .body("code", equalTo("too-many-endpoints"))
                .body("count", equalTo(ENDPOINTS))
                .body("limit", equalTo(ENDPOINTS));
        mailbox().statusCode(409).body("code", equalTo("too-many-endpoints"));
    }

    @Test
    void parallelAdds_keepTheBound() throws InterruptedException, ExecutionException {
        List<Future<Integer>> answers = new ArrayList<>();
        String token = Tokens.organizer();
        assertThat(token).isNotEmpty();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < MAILBOXES + 4; i++) {
                answers.add(threads.submit(() -> mailbox().extract().statusCode()));
            }
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get());
        }
        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(MAILBOXES);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(4);
    }

    private ValidatableResponse mailbox() {
        return add(Map.of("channel", "email", "address", UUID.randomUUID() + "@example.org", "vouchedFor", "a test"));
    }

    private ValidatableResponse webhook(int number) {
        return add(Map.of("channel", "webhook", "address", "https://alerts.example.org/" + number));
    }

    private ValidatableResponse add(Map<String, String> endpoint) {
        return given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .body(endpoint)
                .post(endpoints())
                .then();
    }

    private String endpoints() {
        return "/api/v1/branches/" + branch + "/endpoints";
    }
}
