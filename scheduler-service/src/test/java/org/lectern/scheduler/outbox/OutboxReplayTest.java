package org.lectern.scheduler.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Registries;
import org.lectern.scheduler.support.Topic;
import org.lectern.testing.Tokens;

/** Events can be replayed during their retention, and are removed after it. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class OutboxReplayTest {

    @Inject
    City city;

    @Inject
    OutboxRetention retention;

    private static ValidatableResponse replay(String token, Object body, boolean dryRun) {
        return RestAssured.given()
                .auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .queryParam("dryRun", dryRun)
                .body(body)
                .post("/api/v1/outbox/replays")
                .then();
    }

    private void leaveBehind(UUID aggregate, int version) {
        leaveBehind(aggregate, version, "lectern.bookings");
    }

    private void leaveBehind(UUID aggregate, int version, String topic) {
        city.run(OutboxRelayTest.LEAVE_BEHIND, Uuid7.next(), aggregate, version, topic, "lectern.test.v1", "{}");
    }

    private UUID published(int versions, String age) {
        UUID aggregate = Uuid7.next();
        for (int version = 1; version <= versions; version++) {
            leaveBehind(aggregate, version);
            city.run(
                    "UPDATE outbox SET written_at = now() - cast(? AS interval) + make_interval(secs => ?)"
                            + " WHERE aggregate_id = ? AND version = ?",
                    age,
                    version,
                    aggregate,
                    version);
        }
        Topic.read("lectern.bookings", aggregate.toString(), versions);
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(
                                city.count("SELECT count(*) FROM outbox_queue WHERE aggregate_id = ?", aggregate))
                        .isZero());
        return aggregate;
    }

    private static List<String> sequences(List<ConsumerRecord<String, String>> events) {
        return events.stream().map(event -> Topic.header(event, "ce_sequence")).toList();
    }

    @Test
    void replayOfAnAggregate_keepsIdsAndOrder() {
        UUID aggregate = published(3, "0");
        Map<String, Object> request = Map.of("aggregateId", aggregate, "reason", "通知服务恢复");

        replay(Tokens.operator(), request, true)
                .statusCode(200)
                .body("events", equalTo(3), "aggregates", equalTo(1), "id", nullValue());
        String id = replay(Tokens.operator(), request, false)
                .statusCode(200)
                .body("events", equalTo(3), "reason", equalTo("通知服务恢复"))
                .body("selection.aggregateId", equalTo(aggregate.toString()))
                .extract()
                .path("id");

        var events = Topic.read("lectern.bookings", aggregate.toString(), 6);
        assertThat(sequences(events)).containsExactly("1", "2", "3", "1", "2", "3");
        assertThat(events.subList(3, 6))
                .extracting(event -> Topic.header(event, "ce_id"))
                .containsExactlyElementsOf(events.subList(0, 3).stream()
                        .map(event -> Topic.header(event, "ce_id"))
                        .toList());
        RestAssured.given()
                .auth()
                .oauth2(Tokens.auditor())
                .get("/api/v1/outbox/replays")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(id))
                .body("items.find { it.id == '" + id + "' }.events", equalTo(3))
                .body("items.find { it.id == '" + id + "' }.actor", equalTo("operator"));

        // and again
        replay(Tokens.operator(), Map.of("aggregateId", aggregate, "fromVersion", 3, "reason", "再次"), false)
                .body("events", equalTo(1));
        assertThat(sequences(Topic.read("lectern.bookings", aggregate.toString(), 7)))
                .endsWith("3", "3");
    }

    @Test
    void aRangeTakesEachAggregateFromItsFirstEventInTheRangeToItsLast() {
        UUID aggregate = published(4, "900 days");
        String from = time("SELECT written_at FROM outbox WHERE aggregate_id = ? AND version = 2", aggregate);
        String to = time("SELECT written_at FROM outbox WHERE aggregate_id = ? AND version = 3", aggregate);

        replay(Tokens.operator(), Map.of("from", from, "to", to, "topic", "lectern.bookings", "reason", "一段"), false)
                .statusCode(200)
                .body("events", equalTo(3), "aggregates", equalTo(1));

        assertThat(sequences(Topic.read("lectern.bookings", aggregate.toString(), 7)))
                .containsExactly("1", "2", "3", "4", "2", "3", "4");
    }

    private String time(String query, UUID aggregate) {
        long micros = city.count("SELECT cast(extract(epoch FROM (" + query + ")) * 1000000 AS bigint)", aggregate);
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }

    @Test
    void newEvents_waitForTheReplay() {
        UUID aggregate = published(2, "0");
        replay(Tokens.operator(), Map.of("aggregateId", aggregate, "reason", "重发"), false)
                .statusCode(200);
        leaveBehind(aggregate, 3);

        assertThat(sequences(Topic.read("lectern.bookings", aggregate.toString(), 5)))
                .containsExactly("1", "2", "1", "2", "3");
    }

    @Test
    void queuedEvent_followsReplayedVersions() {
        UUID aggregate = published(2, "0");
        leaveBehind(aggregate, 3, "lectern.nowhere");

        replay(Tokens.operator(), Map.of("aggregateId", aggregate, "reason", "重发"), true)
                .body("events", equalTo(3));
        replay(Tokens.operator(), Map.of("aggregateId", aggregate, "reason", "重发"), false)
                .statusCode(200);
        city.run("UPDATE outbox SET topic = 'lectern.bookings' WHERE aggregate_id = ?", aggregate);
        city.run("UPDATE outbox_queue SET topic = 'lectern.bookings' WHERE aggregate_id = ?", aggregate);

        assertThat(sequences(Topic.read("lectern.bookings", aggregate.toString(), 5)))
                .containsExactly("1", "2", "1", "2", "3");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"reason\": \"x\"} | '' | must contain \"aggregateId\"",
                "{\"from\": \"2026-01-01T00:00:00Z\", \"reason\": \" \"} | /reason | blank",
                "{\"from\": \"2026-01-01T00:00:00Z\", \"fromVersion\": 2, \"reason\": \"x\"} | /fromVersion | aggregateId",
                "{\"from\": \"2026-01-02T00:00:00Z\", \"to\": \"2026-01-01T00:00:00Z\", \"reason\": \"x\"} | /to | must be later",
                "{\"from\": \"2026-01-01T00:00:00Z\", \"topic\": \"nowhere\", \"reason\": \"x\"} | /topic | lectern.bookings",
            })
    void aReplayThatMakesNoSenseIsRefused(String body, String pointer, String detail) {
        replay(Tokens.operator(), body, false)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-request"))
                .body("errors.pointer", contains(pointer))
                .body("errors[0].detail", containsString(detail));
    }

    @Test
    void moreThanOneReplayMayTakeIsRefusedAndNothingIsSent() {
        city.run(
                "INSERT INTO outbox (id, aggregate_id, version, incarnation, topic, type, data, occurred_at, written_at)"
                        + " SELECT uuidv7(), uuidv7(), 1, incarnation.id, 'lectern.bookings', 'lectern.many.v1', '{}',"
                        + " now(), timestamptz '2001-01-01' FROM incarnation, generate_series(1, 10001)");
        try {
            replay(
                            Tokens.operator(),
                            Map.of("from", "2001-01-01T00:00:00Z", "to", "2001-01-02T00:00:00Z", "reason", "全部"),
                            false)
                    .statusCode(400)
                    .body("errors[0].pointer", equalTo("/from"))
                    .body(
                            "errors[0].detail",
                            equalTo("selects 10001 events, but the limit is 10000; choose a shorter range"));
            assertThat(city.count(
                            "SELECT count(*) FROM outbox WHERE type = 'lectern.many.v1' AND requeued_at IS NOT NULL"))
                    .isZero();
        } finally {
            city.run("DELETE FROM outbox WHERE type = 'lectern.many.v1'");
        }
    }

    @ParameterizedTest(name = "{0}: look {1}, replay {2}, replays {3}")
    @CsvSource({
        "organizer, 403, 403, 403",
        "auditor,   200, 403, 200",
        "operator,  200, 400, 200",
        "branch,    403, 403, 403",
    })
    void eachRoleMayDoItsPart(String role, int look, int replay, int list) {
        String token = role.equals("branch") ? Tokens.branch("B-1") : Tokens.of(role, Map.of());
        RestAssured.given().auth().oauth2(token).get("/api/v1/outbox").then().statusCode(look);
        replay(token, "{}", false).statusCode(replay);
        RestAssured.given()
                .auth()
                .oauth2(token)
                .get("/api/v1/outbox/replays")
                .then()
                .statusCode(list);
    }

    private UUID old(int versions, String writtenBefore, String neededUntil) {
        UUID aggregate = Uuid7.next();
        for (int version = 1; version <= versions; version++) {
            city.run(
                    "INSERT INTO outbox (id, aggregate_id, version, incarnation, topic, type, data, occurred_at,"
                            + " written_at, retain_until)"
                            + " SELECT ?, ?, ?, incarnation.id, 'lectern.bookings', 'lectern.test.v1', '{}', now(),"
                            + " now() - cast(? AS interval), now() + cast(? AS interval) FROM incarnation",
                    Uuid7.next(),
                    aggregate,
                    version,
                    writtenBefore,
                    neededUntil);
        }
        return aggregate;
    }

    private long left(UUID aggregate) {
        return city.count("SELECT count(*) FROM outbox WHERE aggregate_id = ?", aggregate);
    }

    @Test
    void expiredAggregates_areRemovedWhole() {
        UUID over = old(3, "31 days", "-31 days");
        UUID withoutEnd = old(2, "31 days", null);
        UUID toCome = old(2, "300 days", "7 days");
        UUID forEver = old(1, "3000 days", "infinity");
        UUID fresh = old(1, "29 days", "-400 days");
        UUID half = old(2, "40 days", "-40 days");
        city.run("UPDATE outbox SET requeued_at = now() WHERE aggregate_id = ? AND version = 2", half);
        UUID waiting = old(2, "40 days", "-40 days");
        city.run(
                "INSERT INTO outbox_queue (id, aggregate_id, version, topic, next_attempt_at)"
                        + " SELECT id, aggregate_id, version, topic, 'infinity' FROM outbox WHERE aggregate_id = ? AND version = 2",
                waiting);

        retention.prune();

        assertThat(List.of(left(over), left(withoutEnd))).containsOnly(0L);
        assertThat(List.of(left(toCome), left(forEver), left(fresh), left(half), left(waiting)))
                .containsExactly(2L, 1L, 1L, 2L, 2L);
        city.run("DELETE FROM outbox_queue WHERE aggregate_id = ?", waiting);
    }

    @Test
    void events_haveARetentionExceptBranches() {
        assertThat(city.count("SELECT count(*) FROM outbox o JOIN booking b ON b.id = o.aggregate_id"
                        + " WHERE o.retain_until IS NULL"))
                .isZero();
        String branch = Registries.create("branches", Registries.body("branches"));
        assertThat(city.count(
                        "SELECT count(*) FROM outbox WHERE aggregate_id = ? AND retain_until = 'infinity'",
                        UUID.fromString(branch)))
                .isEqualTo(1);
    }
}
