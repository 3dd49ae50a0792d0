package org.lectern.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** An unknown or repeated query parameter is refused; public links accept any. */
@ServiceTest
class StrictParametersTest {

    private static final List<String> VERBS = List.of("get", "post", "put", "delete", "patch");

    @Test
    void unknownParameter_isRefusedByEveryOperation() {
        int operations = 0;
        for (Map.Entry<String, Map<String, Object>> path : paths().entrySet()) {
            for (String verb : VERBS) {
                if (path.getValue().get(verb) instanceof Map<?, ?> operation
                        && path.getKey().startsWith("/api/")) {
                    refused(verb, path.getKey() + "?colour=red", operation, "?colour");
                    operations++;
                }
            }
        }
        assertThat(operations).isGreaterThan(25);
    }

    @Test
    void repeatedParameter_isRefusedByEveryOperation() {
        int parameters = 0;
        for (Map.Entry<String, Map<String, Object>> path : paths().entrySet()) {
            for (String verb : VERBS) {
                if (path.getValue().get(verb) instanceof Map<?, ?> operation
                        && path.getKey().startsWith("/api/")) {
                    for (String name : queryParameters(operation)) {
                        refused(verb, path.getKey() + "?" + name + "=1&" + name + "=1", operation, "?" + name);
                        parameters++;
                    }
                }
            }
        }
        assertThat(parameters).isGreaterThan(10);
    }

    @Test
    void publicLinks_takeParametersOfOtherPrograms() {
        String added = "?from=singlemessage&isappinstalled=0&utm_source=mail&utm_source=again";
        given().get("/a/" + "A".repeat(43) + added).then().statusCode(404).contentType("text/html");
        given().get("/u/" + "A".repeat(43) + added).then().statusCode(404);
        given().get("/feeds/" + "A".repeat(43) + ".ics" + added).then().statusCode(404);
    }

    private static void refused(String verb, String path, Map<?, ?> operation, String pointer) {
        String filled = path.replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
        var request = given().auth().oauth2(Tokens.of("organizer", Map.of()));
        ValidatableResponse answer = ask(request, verb, filled, operation);
        if (answer.extract().statusCode() == 403) {
            answer = ask(given().auth().oauth2(Tokens.operator()), verb, filled, operation);
        }
        if (answer.extract().statusCode() == 403) {
            answer = ask(given().auth().oauth2(Tokens.branch("ANY")), verb, filled, operation);
        }
        answer.statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-request"))
                .body("errors.pointer", contains(pointer));
    }

    private static ValidatableResponse ask(
            io.restassured.specification.RequestSpecification request, String verb, String path, Map<?, ?> operation) {
        request.header("Accept", "*/*").urlEncodingEnabled(false);
        if (operation.get("requestBody") != null) {
            request.contentType("application/json").body("{}");
        }
        return request.request(verb.toUpperCase(java.util.Locale.ROOT), path).then();
    }

    private static List<String> queryParameters(Map<?, ?> operation) {
        return operation.get("parameters") instanceof List<?> parameters
                ? parameters.stream()
                        .map(parameter -> (Map<?, ?>) parameter)
                        .filter(parameter -> "query".equals(parameter.get("in")))
                        .map(parameter -> String.valueOf(parameter.get("name")))
                        .toList()
                : List.of();
    }

    private static Map<String, Map<String, Object>> paths() {
        return JsonPath.from(given().queryParam("format", "JSON")
                        .get("/q/openapi")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .getMap("paths");
    }
}
