package org.lectern.scheduler.idempotency;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.day;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Lectures;
import org.lectern.testing.Tokens;

/** A stored answer is repeated to its caller only, and only within the caller's current scope and role. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class KeptAnswerScopeTest {

    @Inject
    City city;

    private final String subject = "s-" + UUID.randomUUID();
    private final String key = UUID.randomUUID().toString();
    private City.Cast cast;

    @BeforeEach
    void cast() {
        cast = city.cast();
    }

    /** A token of the same subject from another client. */
    private String token(String client) {
        return Tokens.of(client, Map.of("subject", subject));
    }

    private String ofBranch(String... codes) {
        return token("branch:" + String.join(",", codes));
    }

    private Response post(String token, String key, String path, Object body) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .header("If-Match", path.endsWith("take") || path.endsWith("decline") ? "\"2\"" : "\"1\"")
                .body(body)
                .post("/api/v1" + path);
    }

    private Map<String, Object> asking() {
        return Map.of(
                "topicId", cast.topic(),
                "branchId", cast.branch(),
                "note", "希望 " + key,
                "windows", List.of(Map.of("from", at(day(70), 8, 0), "until", at(day(75), 18, 0))));
    }

    private String asked() {
        return post(Tokens.organizer(), Lectures.key(), "/requests", asking())
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String offered() {
        String id = asked();
        Map<String, Object> slot =
                Map.of("lecturerId", cast.lecturer(), "venueId", cast.venue(), "start", at(day(71), 14, 0));
        post(Tokens.organizer(), Lectures.key(), "/requests/" + id + "/offer", slot)
                .then()
                .statusCode(200);
        return id;
    }

    private Response act(String operation, String id, String token, String key) {
        return switch (operation) {
            case "ask" -> post(token, key, "/requests", asking());
            case "withdraw" -> post(token, key, "/requests/" + id + "/withdraw", Map.of());
            case "take" -> post(token, key, "/requests/" + id + "/offer/take", "");
            case "decline" -> post(token, key, "/requests/" + id + "/offer/decline", Map.of());
            default -> throw new IllegalArgumentException(operation);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"ask", "withdraw", "take", "decline"})
    void aCallerWhoLostBranchOrRole_isRefusedTheKeptAnswer(String operation) {
        String id = switch (operation) {
            case "ask" -> "";
            case "withdraw" -> asked();
            default -> offered();
        };
        String stranger = city.cast().branchCode();
        int done = operation.equals("ask") ? 201 : 200;
        String first = act(operation, id, ofBranch(cast.branchCode(), stranger), key)
                .then()
                .statusCode(done)
                .extract()
                .asString();

        act(operation, id, ofBranch(stranger), key)
                .then()
                .statusCode(404)
                .body("code", equalTo("not-found"))
                .body(not(containsString(key)))
                .body(not(containsString(cast.topic().toString())));
        for (String role : new String[] {"auditor", "operator", "stranger"}) {
            act(operation, id, token(role), key).then().statusCode(403).body(not(containsString(key)));
        }
        Response again = act(operation, id, ofBranch(cast.branchCode()), key);
        assertThat(again.statusCode()).isEqualTo(done);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.asString()).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"auditor", "operator", "stranger", "branch:B"})
    void aCallerWhoLostTheRole_isRefusedTheKeptAnswer(String client) {
        Map<String, Object> lecture = Lectures.lecture(cast, at(day(72), 9, 0), at(day(72), 10, 0));
        post(token("organizer"), key, "/bookings", lecture).then().statusCode(201);

        post(token(client.equals("branch:B") ? "branch:" + cast.branchCode() : client), key, "/bookings", lecture)
                .then()
                .statusCode(403);
        post(token("organizer"), key, "/bookings", lecture)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true");
    }

    @Test
    void aKeyIsBoundToItsCaller() {
        String first = act("ask", "", ofBranch(cast.branchCode()), key)
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        act("ask", "", Tokens.branch(cast.branchCode()), key)
                .then()
                .statusCode(409)
                .body("code", equalTo("already-requested"))
                .body("requestId", equalTo(first));
    }
}
