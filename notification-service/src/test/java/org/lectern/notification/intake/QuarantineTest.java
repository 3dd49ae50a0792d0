package org.lectern.notification.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** Operators inspect, replay or discard quarantined records, and give a reason. */
@ServiceTest
class QuarantineTest {

    private static final String REASON = "{\"reason\":\"a test\"}";
    private static final String SKIP = "{\"reason\":\"a test\",\"skipVersion\":true}";

    @Inject
    Sql sql;

    private Aftermath after;

    @BeforeEach
    void look() {
        after = new Aftermath(sql);
    }

    @Test
    void aRecordSetAsideIsShownByteForByte() {
        UUID booking = UUID.randomUUID();
        UUID id = poison(booking, 2, new byte[] {0, 1, (byte) 0xff});

        var shown = asOperator().get("/api/v1/quarantine/" + id).then().statusCode(200);

        shown.header("ETag", "\"1\"")
                .body("state", equalTo("OPEN"))
                .body("reason", equalTo("type-unknown"))
                .body("type", equalTo("lectern.booking.praised.v1"))
                .body("subjectId", equalTo(booking.toString()))
                .body("subjectVersion", equalTo(2))
                .body("key.text", equalTo(booking.toString()))
                .body("value.base64", equalTo(Base64.getEncoder().encodeToString(new byte[] {0, 1, (byte) 0xff})))
                .body("value.text", nullValue())
                .body("headers.find { it.name == 'ce_sequence' }.value.text", equalTo("2"))
                .body("actions", hasSize(0));
        asAuditor().get("/api/v1/quarantine/" + id).then().statusCode(200);
    }

    @Test
    void theListIsFilteredAndPaged() {
        UUID booking = UUID.randomUUID();
        UUID first = poison(booking, 2, "{}".getBytes(StandardCharsets.UTF_8));
        UUID second = poison(booking, 3, "{}".getBytes(StandardCharsets.UTF_8));
        String list = "/api/v1/quarantine?topic=lectern.bookings&state=OPEN&reason=type-unknown&subjectId=" + booking;

        String cursor = asOperator()
                .get(list + "&limit=1")
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of(second.toString())))
                .extract()
                .path("nextCursor");
        asOperator()
                .get(list + "&limit=1&cursor=" + cursor)
                .then()
                .body("items.id", equalTo(List.of(first.toString())))
                .body("nextCursor", nullValue());
        asOperator()
                .get("/api/v1/quarantine?state=DISCARDED&subjectId=" + booking)
                .then()
                .body("items", hasSize(0));
        for (String wrong : List.of("state=open", "subjectId=1", "cursor=x", "limit=0")) {
            asOperator().get("/api/v1/quarantine?" + wrong).then().statusCode(400);
        }
    }

    @Test
    void replay_processesTheRecordAndHeldEvents() {
        UUID branch = Scheduler.branch("REP-" + UUID.randomUUID(), null, "en");
        var first = Scheduler.confirmed(branch, 48);
        String mark = "unlucky " + UUID.randomUUID();
        ((ObjectNode) first.data().get("topic")).put("title", mark);
        String constraint = "unlucky_" + UUID.randomUUID().toString().replace('-', '_');
        sql.update("ALTER TABLE notice ADD CONSTRAINT " + constraint + " CHECK (title NOT LIKE '%" + mark
                + "%') NOT VALID");
        try {
            Scheduler.send(first);
            Scheduler.send(Scheduler.version("cancelled", first.subject(), 2, branch, 48));
            await().untilAsserted(() -> assertThat(after.held(first.subject())).isEqualTo(1));
            UUID id = after.setAside(first.subject()).orElseThrow();
            asOperator()
                    .get("/api/v1/held-events?limit=200")
                    .then()
                    .statusCode(200)
                    .body("items.find { it.bookingId == '" + first.subject() + "' }.waitsForVersion", equalTo(1))
                    .body("items.find { it.bookingId == '" + first.subject() + "' }.held", equalTo(1))
                    .body(
                            "items.find { it.bookingId == '" + first.subject() + "' }.quarantineId",
                            equalTo(id.toString()));

            replay(id, "\"1\"")
                    .statusCode(409)
                    .header("ETag", "\"2\"")
                    .body("code", equalTo("replay-refused"))
                    .body("reason", equalTo("failed"));
            sql.update("ALTER TABLE notice DROP CONSTRAINT " + constraint);
            replay(id, "\"1\"").statusCode(412);
            replay(id, "\"2\"")
                    .statusCode(200)
                    .header("ETag", "\"3\"")
                    .body("state", equalTo("REPLAYED"))
                    .body("actions.outcome", equalTo(List.of("REFUSED", "APPLIED")))
                    .body("actions.failureReason", equalTo(Arrays.asList("failed", null)))
                    .body("actions.reason", equalTo(List.of("a test", "a test")))
                    .body("actions.actor[0]", not(nullValue()));
            assertThat(after.kinds(branch)).containsExactly("CONFIRMED", "CANCELLED");
            assertThat(after.held(first.subject())).isZero();

            replay(id, "\"3\"").statusCode(200).body("actions.outcome[2]", equalTo("REPEAT"));
            Scheduler.send(first);
            discard(id, "\"4\"", REASON).statusCode(409).body("code", equalTo("already-decided"));
            assertThat(after.kinds(branch)).containsExactly("CONFIRMED", "CANCELLED");
        } finally {
            sql.update("ALTER TABLE notice DROP CONSTRAINT IF EXISTS " + constraint);
        }
    }

    @Test
    void failedReplay_keepsTheRecordAndGivesTheReason() {
        UUID id = poison(UUID.randomUUID(), 1, "{}".getBytes(StandardCharsets.UTF_8));
        replay(id, "\"1\"")
                .statusCode(409)
                .body("reason", equalTo("type-unknown"))
                .body("title", equalTo("Record still not accepted"));
        asOperator()
                .header("If-Match", "\"2\"")
                .header("Accept-Language", "zh-CN")
                .contentType(ContentType.JSON)
                .body(REASON)
                .post("/api/v1/quarantine/" + id + "/replay")
                .then()
                .statusCode(409)
                .body("title", equalTo("记录仍无法处理"));
        asOperator()
                .get("/api/v1/quarantine/" + id)
                .then()
                .body("state", equalTo("OPEN"))
                .body("actions.outcome", equalTo(List.of("REFUSED", "REFUSED")));
    }

    @Test
    void aDiscardLeavesTheGapUnlessItIsSkippedOnPurpose() {
        UUID branch = Scheduler.branch("GAP-" + UUID.randomUUID(), null, "en");
        var first = Scheduler.confirmed(branch, 48);
        Scheduler.send(first);
        UUID second = poison(first.subject(), 2, "{}".getBytes(StandardCharsets.UTF_8));
        UUID third = poison(first.subject(), 3, "{}".getBytes(StandardCharsets.UTF_8));
        Scheduler.send(Scheduler.version("cancelled", first.subject(), 4, branch, 48));
        await().untilAsserted(() -> assertThat(after.held(first.subject())).isEqualTo(1));

        discard(third, "\"1\"", SKIP).statusCode(409).body("code", equalTo("nothing-to-skip"));
        discard(third, "\"1\"", REASON)
                .statusCode(200)
                .body("state", equalTo("DISCARDED"))
                .body("actions.outcome", equalTo(List.of("DISCARDED")));
        discard(second, "\"1\"", SKIP)
                .statusCode(200)
                .body("skipped", equalTo(true))
                .body("actions.outcome", equalTo(List.of("SKIPPED")));
        assertThat(after.kinds(branch)).containsExactly("CONFIRMED");
        assertThat(after.held(first.subject())).isEqualTo(1);

        // the second gap: the producer fills it, and the booking continues
        Scheduler.send(Scheduler.version("rescheduled", first.subject(), 3, branch, 50));
        await().untilAsserted(
                        () -> assertThat(after.kinds(branch)).containsExactly("CONFIRMED", "RESCHEDULED", "CANCELLED"));
        var late = Scheduler.send(Scheduler.version("rescheduled", first.subject(), 2, branch, 50));
        await().untilAsserted(() -> assertThat(after.reason(late)).isEqualTo("version-skipped"));
        replay(second, "\"2\"").statusCode(409).body("reason", equalTo("type-unknown"));
    }

    @Test
    void sameRecord_isQuarantinedOnce() {
        UUID booking = UUID.randomUUID();
        UUID id = poison(booking, 2, "{}".getBytes(StandardCharsets.UTF_8));
        discard(id, "\"1\"", REASON).statusCode(200);
        Map<String, byte[]> headers = headers(booking, 2);
        headers.put(
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes(StandardCharsets.US_ASCII));
        Scheduler.send("lectern.bookings", key(booking), "{}".getBytes(StandardCharsets.UTF_8), headers);
        poison(booking, 3, "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(after.countSetAside(booking)).isEqualTo(2);
        asOperator().get("/api/v1/quarantine/" + id).then().body("state", equalTo("DISCARDED"));
    }

    @Test
    void everyDecision_needsAReasonAndIfMatch() {
        UUID id = poison(UUID.randomUUID(), 1, "{}".getBytes(StandardCharsets.UTF_8));
        replay(id, null).statusCode(428);
        discard(id, null, REASON).statusCode(428);
        discard(id, "\"7\"", REASON).statusCode(412).body("currentVersion", equalTo(1));
        for (String body : List.of("{}", "{\"reason\":\" \"}", "{\"reason\":\"" + "x".repeat(501) + "\"}")) {
            discard(id, "\"1\"", body).statusCode(400).body("errors[0].pointer", equalTo("/reason"));
        }
        discard(id, "\"1\"", "{\"reason\":\"a\",\"force\":true}").statusCode(400);
        replay(UUID.randomUUID(), "\"1\"").statusCode(404);
    }

    @Test
    void decisions_areAppendOnly() {
        UUID id = poison(UUID.randomUUID(), 1, "{}".getBytes(StandardCharsets.UTF_8));
        discard(id, "\"1\"", REASON).statusCode(200);
        assertThatThrownBy(() -> sql.update("UPDATE quarantine_action SET reason = 'another'"))
                .hasStackTraceContaining("only grows");
        assertThatThrownBy(() -> sql.update("DELETE FROM quarantine_action WHERE quarantine_id = ?", id))
                .hasStackTraceContaining("are kept for a year");
    }

    @Test
    void heldEvent_namesTheMissingBranch() {
        UUID branch = UUID.randomUUID();
        var confirmed = Scheduler.confirmed(branch, 48);
        Scheduler.send(confirmed);
        await().untilAsserted(() -> assertThat(after.held(confirmed.subject())).isEqualTo(1));
        String it = "items.find { it.bookingId == '" + confirmed.subject() + "' }";
        asAuditor()
                .get("/api/v1/held-events?limit=200")
                .then()
                .body(it + ".waitsForBranchId", equalTo(branch.toString()))
                .body(it + ".waitsForVersion", nullValue())
                .body(it + ".appliedVersion", equalTo(0));
        Scheduler.branch(branch, "LATE-" + branch, null, "en", 1);
        await().untilAsserted(() -> assertThat(after.held(confirmed.subject())).isZero());
    }

    /** Sends a version with an unknown type and waits until it is in quarantine. */
    private UUID poison(UUID booking, int version, byte[] value) {
        var sent = Scheduler.send("lectern.bookings", key(booking), value, headers(booking, version));
        await().untilAsserted(() -> assertThat(after.reason(sent)).isEqualTo("type-unknown"));
        return sql.one(
                        "SELECT id FROM quarantine WHERE subject_id = ? AND subject_version = ?",
                        row -> row.id("id"),
                        booking,
                        version)
                .orElseThrow();
    }

    private static Map<String, byte[]> headers(UUID booking, int version) {
        Map<String, byte[]> headers =
                new LinkedHashMap<>(Scheduler.version("confirmed", booking, version, UUID.randomUUID(), 48)
                        .headers());
        headers.put("ce_type", "lectern.booking.praised.v1".getBytes(StandardCharsets.UTF_8));
        headers.put(
                "ce_id",
                new UUID(booking.getMostSignificantBits(), version).toString().getBytes(StandardCharsets.UTF_8));
        headers.put("ce_time", "2026-01-01T00:00:00Z".getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    private static byte[] key(UUID booking) {
        return booking.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ValidatableResponse replay(UUID id, @Nullable String ifMatch) {
        return decide(id, "replay", ifMatch, REASON);
    }

    private static ValidatableResponse discard(UUID id, @Nullable String ifMatch, String body) {
        return decide(id, "discard", ifMatch, body);
    }

    private static ValidatableResponse decide(UUID id, String what, @Nullable String ifMatch, String body) {
        var request = asOperator().contentType(ContentType.JSON).body(body);
        if (ifMatch != null) {
            request.header("If-Match", Objects.requireNonNull(ifMatch));
        }
        return request.post("/api/v1/quarantine/" + id + "/" + what).then();
    }

    private static RequestSpecification asOperator() {
        return given().auth().oauth2(Tokens.operator());
    }

    private static RequestSpecification asAuditor() {
        return given().auth().oauth2(Tokens.auditor());
    }
}
