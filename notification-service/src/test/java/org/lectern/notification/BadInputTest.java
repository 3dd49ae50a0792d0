package org.lectern.notification;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** Invalid input changes nothing, and the problem points at the field. */
@ServiceTest
class BadInputTest {

    private static final UUID BRANCH = UUID.randomUUID();
    private static final String ENDPOINTS = "/api/v1/branches/" + BRANCH + "/endpoints";

    @BeforeEach
    void theBranchIsKnown() {
        Scheduler.branch(BRANCH, "BAD-" + BRANCH, null, "en", 1);
        await().untilAsserted(() ->
                given().auth().oauth2(Tokens.operator()).get(ENDPOINTS).then().statusCode(200));
    }

    @Test
    void anUnknownMemberIsNamed() {
        refused("{\"channel\":\"email\",\"address\":\"a@example.org\",\"colour\":1}")
                .body("errors.pointer", contains("/colour"));
    }

    @Test
    void aMemberNamedTwiceIsRefused() {
        refused("{\"channel\":\"email\",\"address\":\"a@example.org\",\"address\":\"b@example.org\"}");
    }

    @Test
    void textThatCannotBeStoredIsRefused() {
        refused("{\"channel\":\"email\",\"address\":\"a\\u0000@example.org\"}")
                .body("errors.pointer", contains("/address"));
        refused("{\"channel\":\"email\",\"address\":\"a\\ud800@example.org\"}")
                .body("errors.pointer", contains("/address"));
    }

    @Test
    void aWrongTypeIsNamed() {
        refused("{\"channel\":\"email\",\"address\":5}").body("errors.pointer", contains("/address"));
        refused("{\"channel\":{},\"address\":\"a@example.org\"}").body("errors.pointer", contains("/channel"));
    }

    @Test
    void missingMembers_areNamedAtOnce() {
        refused("{}").body("errors.pointer", containsInAnyOrder("/channel", "/address"));
        refused("null");
        refused("");
        refused("[]");
        refused("{\"channel\":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "@example.org",
                "a@",
                "a@localhost",
                "a@b@example.org",
                "a b@example.org",
                "a@example.org,b@example.org",
                "Someone <a@example.org>",
                "a@example.org\\r\\nBcc: b@example.org",
                ".a@example.org",
                "\\\"a\\\"@example.org",
                "a@-example.org",
                "a@exa_mple.org",
                "a@[127.0.0.1]",
                "电邮@example.org"
            })
    void anAddressIsExactlyOneMailbox(String address) {
        refused("{\"channel\":\"email\",\"address\":\"" + address + "\"}").body("errors.pointer", contains("/address"));
    }

    @Test
    void anAddressIsNotTooLong() {
        refused("{\"channel\":\"email\",\"address\":\"" + "a".repeat(65) + "@example.org\"}")
                .body("errors.pointer", contains("/address"));
        refused("{\"channel\":\"email\",\"address\":\"a@" + "b.".repeat(150) + "org\"}")
                .body("errors.pointer", contains("/address"));
        refused("{\"channel\":\"email\",\"address\":\"" + "a".repeat(20_000) + "@example.org\"}");
    }

    @Test
    void anInternationalDomainIsTakenInItsAsciiForm() {
        String local = UUID.randomUUID().toString();
        post("{\"channel\":\"email\",\"address\":\"" + local + "@例子.中国\"}")
                .statusCode(201)
                .body("address", equalTo(local + "@xn--fsqu00a.xn--fiqs8s"));
    }

    @Test
    void anUnknownChannelIsNamed() {
        refused("{\"channel\":\"pigeon\",\"address\":\"a@example.org\"}").body("errors.pointer", hasItem("/channel"));
    }

    @Test
    void theSameEndpointTwiceIsRefused() {
        String address = UUID.randomUUID() + "@example.org";
        post("{\"channel\":\"email\",\"address\":\"" + address + "\"}").statusCode(201);
        post("{\"channel\":\"email\",\"address\":\"" + address.toUpperCase(Locale.ROOT) + "\"}")
                .statusCode(409)
                .body("code", equalTo("endpoint-exists"));
    }

    @Test
    void aChangeNeedsTheVersionItWasMadeOn() {
        String address = UUID.randomUUID() + "@example.org";
        String id = post("{\"channel\":\"email\",\"address\":\"" + address + "\"}")
                .extract()
                .path("id");
        String body = "{\"address\":\"x" + address + "\",\"enabled\":true}";
        change(id, null, body).statusCode(428);
        change(id, "*", body).statusCode(400).body("errors.pointer", contains("If-Match"));
        change(id, "W/\"1\"", body).statusCode(400);
        change(id, "\"7\"", body).statusCode(412).header("ETag", "\"1\"");
        change(id, "\"1\"", body).statusCode(200).header("ETag", "\"2\"");
        change(id, "\"1\"", body).statusCode(412);
        change(id, "\"2\"", "{\"address\":\"" + address + "\"}")
                .statusCode(400)
                .body("errors.pointer", contains("/enabled"));
    }

    @Test
    void badParametersAreNamed() {
        parameter("/api/v1/deliveries", "limit", "0");
        parameter("/api/v1/deliveries", "limit", "201");
        parameter("/api/v1/deliveries", "limit", "many");
        parameter("/api/v1/deliveries", "cursor", "bm90IG91cnM");
        parameter("/api/v1/deliveries", "cursor", "\u0000");
        parameter("/api/v1/deliveries", "branchId", "1-1-1-1-1");
        parameter("/api/v1/deliveries", "state", "SLEEPING");
        parameter("/api/v1/branches/" + BRANCH + "/notices", "unread", "perhaps");
        parameter("/api/v1/branches/" + BRANCH + "/notices", "unred", "true");
        parameter("/api/v1/deliveries", "colour", "red");
        parameter("/api/v1/deliveries", "limit", "٥");
        parameter("/api/v1/deliveries", "state", "\u200B");
        given().auth()
                .oauth2(Tokens.operator())
                .header("Last-Event-ID", "x")
                .header("Accept", "text/event-stream, application/problem+json")
                .get("/api/v1/branches/" + BRANCH + "/notices/stream")
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("Last-Event-ID"));
    }

    @Test
    void problem_isLocalizedWithoutInternals() {
        given().auth()
                .oauth2(Tokens.operator())
                .contentType(ContentType.JSON)
                .header("Accept-Language", "zh-CN")
                .body("{\"channel\":\"email\",\"address\":\"secret-address\"}")
                .post(ENDPOINTS)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("title", equalTo("请求无效"))
                .body("errors[0].detail", containsString("电子邮箱"))
                .body(not(containsString("secret-address")))
                .body(not(containsString("org.lectern")));
    }

    private static ValidatableResponse refused(String body) {
        return post(body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-request"));
    }

    private static ValidatableResponse post(String body) {
        return given().auth()
                .oauth2(Tokens.operator())
                .contentType(ContentType.JSON)
                .body(body)
                .post(ENDPOINTS)
                .then();
    }

    private static ValidatableResponse change(String id, @Nullable String tag, String body) {
        var request = given().auth()
                .oauth2(Tokens.operator())
                .contentType(ContentType.JSON)
                .body(body);
        return (tag == null ? request : request.header("If-Match", tag))
                .put(ENDPOINTS + "/" + id)
                .then();
    }

    private static void parameter(String path, String name, String value) {
        given().auth()
                .oauth2(Tokens.operator())
                .queryParam(name, value)
                .get(path)
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("?" + name));
    }
}
