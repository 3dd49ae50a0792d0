package org.lectern.scheduler.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.Tokens;

/** Every role at the booking endpoints, and every kind of invalid token. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class AuthenticationTest {

    private static final String SOME = "/api/v1/bookings/" + UUID.randomUUID();

    private static RequestSpecification as(String role) {
        RequestSpecification request = given().contentType(ContentType.JSON);
        return switch (role) {
            case "anonymous" -> request;
            case "branch" -> request.auth().oauth2(Tokens.branch("B-1"));
            default -> request.auth().oauth2(Tokens.of(role, Map.of()));
        };
    }

    @ParameterizedTest(name = "{0}: list {1}, read {2}, history {3}, write {4}")
    @CsvSource({
        "anonymous, 401, 401, 401, 401",
        "stranger,  403, 403, 403, 403",
        "operator,  403, 403, 403, 403",
        "auditor,   200, 404, 404, 403",
        "branch,    200, 404, 403, 403",
        "organizer, 200, 404, 404, 400",
    })
    void eachRoleMayDoItsPart(String role, int list, int read, int history, int write) {
        as(role).get("/api/v1/bookings").then().statusCode(list);
        as(role).get(SOME).then().statusCode(read);
        as(role).get(SOME + "/history").then().statusCode(history);
        as(role).body("{}").post("/api/v1/bookings").then().statusCode(write);
        for (String verb : new String[] {"change", "cancel", "complete"}) {
            as(role).body("{}").post(SOME + "/" + verb).then().statusCode(write);
        }
    }

    @ParameterizedTest(name = "{0}: read a series {1}, book and change one {2}")
    @CsvSource({
        "anonymous, 401, 401",
        "stranger,  403, 403",
        "operator,  403, 403",
        "auditor,   404, 403",
        "branch,    403, 403",
        "organizer, 404, 400",
    })
    void seriesAreTheOrganizers(String role, int read, int write) {
        String series = "/api/v1/series/" + UUID.randomUUID();
        as(role).get(series).then().statusCode(read);
        for (String path : new String[] {
            "/api/v1/series",
            "/api/v1/series/preview",
            series + "/reschedule",
            series + "/reassign",
            series + "/cancel",
            series + "/occurrences"
        }) {
            as(role).body("{}").post(path).then().statusCode(write);
        }
    }

    @ParameterizedTest(name = "{0}: change many bookings {1}")
    @CsvSource({"anonymous, 401", "stranger, 403", "operator, 403", "auditor, 403", "branch, 403", "organizer, 400"})
    void manyBookingsAreChangedByOrganizers(String role, int write) {
        as(role).body("{}").post("/api/v1/bookings/bulk/preview").then().statusCode(write);
        as(role).body("{}").post("/api/v1/bookings/bulk").then().statusCode(write);
    }

    @Test
    void missingToken_explainsHowToAuthenticate() {
        given().get("/api/v1/bookings")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .contentType("application/problem+json")
                .body("code", equalTo("unauthenticated"));
    }

    @Test
    void responses_areNotCachedOrSniffed() {
        given().auth()
                .oauth2(Tokens.organizer())
                .get("/api/v1/bookings")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff");
    }

    @Test
    void idToken_isRefused() {
        given().auth()
                .oauth2(Tokens.of("organizer", Map.of("typ", "JWT")))
                .get("/api/v1/bookings")
                .then()
                .statusCode(401);
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        given().auth()
                .oauth2(Tokens.of("organizer", Map.of("audience", "another-service")))
                .get("/api/v1/bookings")
                .then()
                .statusCode(401);
    }

    @Test
    void unsignedOrForgedToken_isRefused() {
        String[] parts = Tokens.organizer().split("\\.");
        String unsigned = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes());

        given().auth()
                .oauth2(unsigned + "." + parts[1] + ".")
                .get("/api/v1/bookings")
                .then()
                .statusCode(401);
        given().auth()
                .oauth2(parts[0] + "." + parts[1] + ".AAAA")
                .get("/api/v1/bookings")
                .then()
                .statusCode(401);
        given().header("Authorization", "Bearer").get("/api/v1/bookings").then().statusCode(401);
        given().header("Authorization", "Basic b3JnYW5pemVyOng=")
                .get("/api/v1/bookings")
                .then()
                .statusCode(401);
    }

    @Test
    void tokenInTheAddress_isIgnored() {
        given().queryParam("access_token", Tokens.organizer())
                .get("/api/v1/bookings")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/bookings;x",
                "/api/v1/bookings;x=1",
                "/api/v1/bookings%3Bx",
                "/api/v1//bookings",
                "/api/v1/%2e%2e/v1/bookings",
                "/api/v1/bookings/",
                "/api/v1/./bookings",
                "/API/v1/bookings",
                "/api/v1/bookings%2F"
            })
    void noSpellingOfAPathGetsPastAuthorisation(String path) {
        int status = given().urlEncodingEnabled(false).get(path).statusCode();

        assertThat(status).isIn(401, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/metrics", "/q/health", "/q/health/ready", "/q/dev-ui"})
    void whatIsForOperatorsIsNotOnTheApiPort(String path) {
        given().auth().oauth2(Tokens.organizer()).get(path).then().statusCode(404);
    }
}
