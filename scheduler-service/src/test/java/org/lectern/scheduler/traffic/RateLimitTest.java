package org.lectern.scheduler.traffic;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.Tokens;

/** A caller over the limit gets a retry time; other callers are not delayed. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class RateLimitTest {

    /** A caller with 5 requests per 5 seconds, by the settings of the tests. */
    private static Response hasty(String language) {
        return given().auth()
                .oauth2(Tokens.of("organizer", Map.of("subject", "hasty")))
                .header("Accept-Language", language)
                .get("/api/v1/topics");
    }

    @Test
    void rateLimit_namesTheTimeToWait() {
        Response last = hasty("en");
        assertThat(last.statusCode()).isEqualTo(200);
        assertThat(last.header("RateLimit-Policy")).isEqualTo("\"caller\";q=5;w=5");
        assertThat(last.header("RateLimit")).matches("\"caller\";r=[0-4];t=[1-5]");
        for (int i = 0; i < 20 && last.statusCode() == 200; i++) {
            last = hasty("en");
        }

        last.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("1"))
                .header("RateLimit", startsWith("\"caller\";r=0;t="))
                .body("code", equalTo("too-many-requests"));
        given().auth()
                .oauth2(Tokens.organizer())
                .get("/api/v1/topics")
                .then()
                .statusCode(200)
                .header("RateLimit", nullValue());
        await().atMost(Duration.ofMinutes(2)).until(() -> hasty("zh").statusCode() == 200);
        for (int i = 0; i < 20 && last.statusCode() != 429; i++) {
            last = hasty("zh");
        }
    }
}
