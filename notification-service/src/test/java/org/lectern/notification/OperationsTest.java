package org.lectern.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lectern.notification.support.ServiceTest;

/** The interfaces for operators and developers: health, metrics, the description of the API. */
@ServiceTest
class OperationsTest {

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Test
    void aRunningServiceIsReadyAndAlive() {
        await().untilAsserted(() -> given().get(management.resolve("/q/health/ready"))
                .then()
                .statusCode(200)
                .body("status", equalTo("UP")));
        given().get(management.resolve("/q/health/live"))
                .then()
                .statusCode(200)
                .body("checks.name", equalTo(List.of("intake-thread")));
    }

    @Test
    void metrics_showDeliveries() {
        String metrics = given().get(management.resolve("/q/metrics")).asString();
        assertThat(metrics)
                .contains(
                        "lectern_deliveries_oldest_due_seconds",
                        "lectern_intake_held_events",
                        "lectern_intake_oldest_held_seconds",
                        "lectern_intake_quarantined_records",
                        "lectern_open_streams");
        await().untilAsserted(() -> assertThat(
                        given().get(management.resolve("/q/metrics")).asString())
                .contains("kafka_consumer_"));
    }

    @Test
    void healthAndMetricsAreNotOnThePublicPort() {
        given().get("/q/metrics").then().statusCode(404);
    }

    @Test
    void theApiDescribesEveryAnswer() {
        var api = given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("openapi", startsWith("3.1"))
                .body("components.schemas.Problem.properties.code", notNullValue())
                .extract()
                .jsonPath();
        Map<String, Map<String, Map<String, Object>>> paths = api.getMap("paths");
        assertThat(paths).hasSizeGreaterThanOrEqualTo(13);
        paths.forEach((path, operations) -> operations.forEach((method, operation) -> {
            assertThat(operation).as(method + " " + path).containsKeys("operationId", "summary", "tags");
            @SuppressWarnings("unchecked")
            Map<String, Object> responses = (Map<String, Object>) operation.get("responses");
            boolean forEverybody = operation.get("security") instanceof List<?> demanded && demanded.isEmpty();
            assertThat(responses).as(method + " " + path).containsKeys("400", "500", "503");
            assertThat(responses.containsKey("401") && responses.containsKey("403"))
                    .as(method + " " + path)
                    .isNotEqualTo(forEverybody);
        }));
        given().get("/q/swagger-ui/").then().statusCode(200).body(containsString("swagger"));
    }
}
