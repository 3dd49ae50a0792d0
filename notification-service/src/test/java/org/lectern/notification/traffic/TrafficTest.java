package org.lectern.notification.traffic;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** A caller over the limits on rate or size gets a problem with that reason. */
@ServiceTest
class TrafficTest {

    /** A caller with 5 requests per 5 seconds, by the settings of the tests. */
    private static Response hasty() {
        return given().auth()
                .oauth2(Tokens.of("operator", Map.of("subject", "hasty")))
                .get("/api/v1/deliveries");
    }

    @Test
    void rateLimit_namesTheTimeToWait() {
        Response last = hasty();
        assertThat(last.header("RateLimit-Policy")).isEqualTo("\"caller\";q=5;w=5");
        for (int i = 0; i < 20 && last.statusCode() == 200; i++) {
            last = hasty();
        }

        last.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("1"))
                .header("RateLimit", startsWith("\"caller\";r=0;t="))
                .body("code", equalTo("too-many-requests"));
        given().auth()
                .oauth2(Tokens.operator())
                .get("/api/v1/deliveries")
                .then()
                .statusCode(200)
                .header("RateLimit", nullValue());
    }

    @Test
    void tooLargeRequest_isRefused() {
        given().auth()
                .oauth2(Tokens.operator())
                .queryParam("cursor", "x".repeat(5000))
                .get("/api/v1/deliveries")
                .then()
                .statusCode(414)
                .contentType("application/problem+json")
                .body("code", equalTo("uri-too-long"));
        given().auth()
                .oauth2(Tokens.operator())
                .header("X", "x".repeat(20_000))
                .header("Accept-Language", "zh")
                .get("/api/v1/deliveries")
                .then()
                .statusCode(431)
                .body("title", equalTo("请求头过大"));
    }
}
