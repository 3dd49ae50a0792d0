package org.lectern.scheduler.booking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.lectern.scheduler.booking.BookingApi.at;
import static org.lectern.scheduler.booking.BookingApi.key;
import static org.lectern.scheduler.booking.BookingApi.lecture;
import static org.lectern.scheduler.booking.BookingApi.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** Refusals that need concurrency or very large inputs. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class RareRefusalsTest {

    @Inject
    City city;

    @Inject
    DataSource database;

    @Test
    void keyInProgress_isRefused() throws Exception {
        City.Cast cast = city.cast();
        String key = key();
        String somebody = "under-way-" + UUID.randomUUID();
        var request = given().auth()
                .oauth2(Tokens.of("organizer", Map.of("subject", somebody)))
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(lecture(cast, at(400, 9), at(400, 11)));
        try (Connection first = database.getConnection()) {
            first.setAutoCommit(false);
            try (var claim = first.prepareStatement("INSERT INTO idempotency (principal, key, fingerprint, created_at)"
                    + " VALUES (?, ?, decode('00', 'hex'), now())")) {
                claim.setString(1, somebody);
                claim.setString(2, key);
                claim.execute();
            }
            request.post("/api/v1/bookings")
                    .then()
                    .statusCode(409)
                    .contentType("application/problem+json")
                    .header("Retry-After", notNullValue())
                    .body("code", equalTo("request-in-progress"));
            first.rollback();
        }
        request.post("/api/v1/bookings").then().statusCode(201);
    }

    @Test
    void oneOrganizerHoldsAHundredSlotsAtMost() {
        City.Cast cast = city.cast();
        String somebody = Tokens.of("organizer", Map.of("subject", "holder-" + UUID.randomUUID()));
        Map<String, Object> body = new LinkedHashMap<>();
        for (int i = 0; i <= 100; i++) {
            body.putAll(lecture(cast, at(410 + i, 9), at(410 + i, 11)));
            body.put("hold", Map.of());
            Response answer = given().auth()
                    .oauth2(somebody)
                    .contentType(ContentType.JSON)
                    .header("Idempotency-Key", key())
                    .body(body)
                    .post("/api/v1/bookings");
            if (i < 100) {
                answer.then().statusCode(201);
            } else {
                answer.then()
                        .statusCode(409)
                        .contentType("application/problem+json")
                        .body("code", equalTo("too-many-holds"), "detail", containsString("100"));
            }
        }
    }

    @Test
    void theAuditIsVerifiedOnceAtATime() throws Exception {
        try (Connection slow = database.getConnection()) {
            slow.setAutoCommit(false);
            slow.createStatement().execute("LOCK TABLE audit_head IN ACCESS EXCLUSIVE MODE");
            var first = CompletableFuture.supplyAsync(this::verify);
            await().until(() -> city.count("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") > 0);
            verify().then()
                    .statusCode(409)
                    .contentType("application/problem+json")
                    .body("code", equalTo("verification-running"));
            slow.rollback();
            assertThat(first.get().statusCode()).isIn(200, 503);
        }
        verify().then().statusCode(200);
    }

    private Response verify() {
        return given().auth().oauth2(Tokens.auditor()).get("/api/v1/audit/verify");
    }

    @Test
    void unknownFormat_isRefused() {
        organizer()
                .accept("image/png")
                .get("/api/v1/topics")
                .then()
                .statusCode(406)
                .contentType("application/problem+json")
                .body("code", equalTo("not-acceptable"), "detail", notNullValue());
    }
}
