package org.lectern.scheduler;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.local.proxy.FaultProxy.Direction;
import org.lectern.local.proxy.NetworkCondition;
import org.lectern.scheduler.support.ProxiedStack;
import org.lectern.scheduler.support.Tokens;

/**
 * PostgreSQL accepts connections but does not respond: requests still get answers, and the service recovers by itself.
 */
@Tag("proof")
@QuarkusTest
@QuarkusTestResource(value = ProxiedStack.class, restrictToAnnotatedClass = true)
@TestProfile(DatabaseAwayTest.Alone.class)
class DatabaseAwayTest {

    /** A separate application with a database that tests can cut off. */
    public static final class Alone implements QuarkusTestProfile {}

    @Inject
    DataSource database;

    @AfterEach
    void heal() {
        ProxiedStack.database().set(new NetworkCondition.Healthy());
    }

    private static int read() {
        return given().auth()
                .oauth2(Tokens.organizer())
                .get("/api/v1/topics?limit=1")
                .statusCode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"black hole", "half open", "reset"})
    void requestsAreAnsweredAndItRecoversByItself(String how) throws Exception {
        await().atMost(Duration.ofMinutes(2)).until(() -> read() == 200);
        ProxiedStack.database()
                .set(
                        switch (how) {
                            case "black hole" -> new NetworkCondition.BlackHole();
                            case "half open" -> new NetworkCondition.HalfOpen(Direction.TO_CLIENT);
                            default -> new NetworkCondition.Resetting();
                        });

        List<Future<Integer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                answers.add(threads.submit(DatabaseAwayTest::read));
            }
        }
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isEqualTo(503);
        }
        demandComeAgain(given().auth().oauth2(Tokens.organizer()).get("/api/v1/topics?limit=1"));

        ProxiedStack.database().set(new NetworkCondition.Healthy());
        await().atMost(Duration.ofMinutes(2)).until(() -> read() == 200);
    }

    @Test
    void theProbeOfLivenessDoesNotAskTheDatabase() {
        assertThat(read()).isEqualTo(200);
        ProxiedStack.database().set(new NetworkCondition.BlackHole());
        int port = org.eclipse.microprofile.config.ConfigProvider.getConfig()
                .getValue("quarkus.management.port", Integer.class);
        given().port(port).get("/q/health/live").then().statusCode(200);
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> given().port(port).get("/q/health/ready").then().statusCode(503));
        given().port(port).get("/q/health/live").then().statusCode(200);
    }

    @Test
    void withoutRoomOnTheDiskWritersAreToldToComeAgainAndNothingIsHalfDone() throws Exception {
        await().atMost(Duration.ofMinutes(2)).until(() -> read() == 200);
        String code = "FULL-" + System.nanoTime();
        Map<String, Object> topic = Map.of("code", code, "title", "Title", "durationMinutes", 60);
        // PostgreSQL's message when it cannot write, at the last statement of the change
        owner("CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$");
        owner("CREATE TRIGGER no_room BEFORE INSERT ON audit_entry EXECUTE FUNCTION no_room()");
        try {
            demandComeAgain(add(topic));
            assertThat(read()).isEqualTo(200);
        } finally {
            owner("DROP TRIGGER no_room ON audit_entry");
            owner("DROP FUNCTION no_room");
        }
        add(topic).then().statusCode(201);
    }

    /**
     * The write after the topic's row is a batch, for which the driver has a different message; after the entry, the
     * commit.
     */
    @ParameterizedTest
    @ValueSource(strings = {"topic", "audit_entry"})
    void whoWasPausedInTheMiddleOfAChangeIsToldToComeAgain(String after) throws Exception {
        await().atMost(Duration.ofMinutes(2)).until(() -> read() == 200);
        Map<String, Object> topic =
                Map.of("code", "PAUSED-" + System.nanoTime(), "title", "Title", "durationMinutes", 60);
        // as when the process or its machine pauses longer than PostgreSQL's idle-in-transaction timeout
        owner("CREATE FUNCTION no_rest() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN SET idle_in_transaction_session_timeout = '50ms'; RETURN NULL; END $$");
        owner("CREATE TRIGGER no_rest AFTER INSERT ON " + after + " FOR EACH ROW EXECUTE FUNCTION no_rest()");
        ProxiedStack.database().set(new NetworkCondition.Delayed(Duration.ofMillis(100)));
        try {
            demandComeAgain(add(topic));
        } finally {
            ProxiedStack.database().set(new NetworkCondition.Healthy());
            owner("DROP TRIGGER no_rest ON " + after);
            owner("DROP FUNCTION no_rest");
        }
        await().atMost(Duration.ofMinutes(2)).until(() -> read() == 200);
        add(topic).then().statusCode(201);
    }

    private static void demandComeAgain(Response answer) {
        answer.then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("status", equalTo(503), "code", equalTo("unavailable"));
    }

    private static Response add(Map<String, Object> topic) {
        return given().auth()
                .oauth2(Tokens.organizer())
                .contentType("application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(topic)
                .post("/api/v1/topics");
    }

    private void owner(String statement) throws SQLException {
        try (var connection = database.getConnection();
                var work = connection.createStatement()) {
            work.execute(statement);
        }
    }
}
