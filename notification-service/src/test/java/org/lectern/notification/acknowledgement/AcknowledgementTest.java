package org.lectern.notification.acknowledgement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.BackingStack;
import org.lectern.notification.support.Contract;
import org.lectern.notification.support.Scheduler;
import org.lectern.testing.Tokens;

/** A branch acknowledges once per version, and the scheduler is notified. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class AcknowledgementTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Sql sql;

    private final String code = "ACK-" + UUID.randomUUID();
    private UUID branch;

    @BeforeEach
    void aBranch() {
        branch = Scheduler.branch(code, null, "zh-CN");
    }

    private static ValidatableResponse acknowledge(String token, UUID notice) {
        return given().auth()
                .oauth2(token)
                .post("/api/v1/notices/{id}/acknowledgement", notice)
                .then();
    }

    private String mine() {
        return Tokens.branch(code);
    }

    private UUID notice(UUID booking, int version) {
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> sql.one(
                                "SELECT id FROM notice WHERE booking_id = ? AND version = ? AND branch_id = ?",
                                row -> row.id("id"),
                                booking,
                                version,
                                branch),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private ValidatableResponse inbox() {
        return given().auth()
                .oauth2(mine())
                .get("/api/v1/branches/{id}/notices", branch)
                .then()
                .statusCode(200);
    }

    @Test
    void acknowledgement_isStoredOnceAndPublished() throws Exception {
        var confirmed = Scheduler.confirmed(branch, 72);
        Scheduler.send(confirmed);
        UUID notice = notice(confirmed.subject(), 1);
        inbox().body("items[0].acknowledgement.state", equalTo("due"), "items[0].readAt", nullValue());

        String at = acknowledge(mine(), notice)
                .statusCode(200)
                .body("noticeId", equalTo(notice.toString()))
                .body("bookingId", equalTo(confirmed.subject().toString()))
                .body("branchId", equalTo(branch.toString()))
                .body("version", equalTo(1), "channel", equalTo("in-app"))
                .extract()
                .path("at");
        acknowledge(mine(), notice).statusCode(200).body("at", equalTo(at));
        acknowledge(Tokens.organizer(), notice).statusCode(200).body("at", equalTo(at), "channel", equalTo("in-app"));
        inbox().body("items[0].acknowledgement.state", equalTo("given"))
                .body("items[0].acknowledgement.at", equalTo(at), "items[0].readAt", equalTo(at));

        List<ConsumerRecord<String, String>> told = told(confirmed.subject(), 1);
        assertThat(told).hasSize(1);
        assertThat(header(told.getFirst(), "ce_type")).isEqualTo("lectern.notice.acknowledged.v1");
        assertThat(header(told.getFirst(), "ce_source")).isEqualTo("/lectern/notification");
        assertThat(header(told.getFirst(), "ce_subject"))
                .isEqualTo(confirmed.subject().toString());
        assertThat(header(told.getFirst(), "ce_sequence")).isEqualTo("1");
        String data = told.getFirst().value();
        assertThat(Contract.breaches("notice.acknowledged.v1", data)).isEmpty();
        JsonNode json = JSON.readTree(data);
        assertThat(json.path("noticeId").asText()).isEqualTo(notice.toString());
        assertThat(json.path("branchId").asText()).isEqualTo(branch.toString());
        assertThat(Instant.parse(json.path("at").asText())).isEqualTo(Instant.parse(at));
        assertThat(json.size()).as("nothing about who it was").isEqualTo(6);
    }

    @Test
    void exampleOfTheContract_fitsItsSchema() throws Exception {
        String example = Contract.example("notice.acknowledged.v1");
        assertThat(Contract.breaches("notice.acknowledged.v1", example)).isEmpty();
        assertThat(Contract.breaches("notice.acknowledged.v1", example.replace("in-app", "pigeon")))
                .isNotEmpty();
    }

    @Test
    void change_needsANewAcknowledgement() {
        var confirmed = Scheduler.confirmed(branch, 72);
        Scheduler.send(confirmed);
        UUID first = notice(confirmed.subject(), 1);
        Scheduler.send(Scheduler.version("rescheduled", confirmed.subject(), 2, branch, 96));
        UUID second = notice(confirmed.subject(), 2);

        inbox().body("items[0].acknowledgement.state", equalTo("due"))
                .body("items[1].acknowledgement.state", equalTo("superseded"));
        acknowledge(mine(), first)
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("notice-superseded"))
                .body("currentNoticeId", equalTo(second.toString()), "currentVersion", equalTo(2))
                .body("detail", containsString("currentNoticeId"));
        acknowledge(mine(), second).statusCode(200).body("version", equalTo(2));

        Scheduler.send(Scheduler.version("cancelled", confirmed.subject(), 3, branch, 96));
        notice(confirmed.subject(), 3);
        inbox().body("items[0].acknowledgement.state", equalTo("due"))
                .body("items[1].acknowledgement.state", equalTo("given"));
        acknowledge(mine(), second).statusCode(200).body("version", equalTo(2));
    }

    @Test
    void onlyBranchOrOrganizer_acknowledges() {
        var confirmed = Scheduler.confirmed(branch, 72);
        Scheduler.send(confirmed);
        UUID notice = notice(confirmed.subject(), 1);

        acknowledge(Tokens.branch("ELSEWHERE"), notice).statusCode(404).body("code", equalTo("not-found"));
        acknowledge(Tokens.auditor(), notice).statusCode(403);
        acknowledge(Tokens.operator(), notice).statusCode(403);
        acknowledge(mine(), UUID.randomUUID()).statusCode(404);
        given().post("/api/v1/notices/{id}/acknowledgement", notice).then().statusCode(401);
        assertThat(sql.list(
                        "SELECT 1 AS one FROM acknowledgement WHERE notice_id = ?", row -> row.number("one"), notice))
                .isEmpty();

        acknowledge(Tokens.organizer(), notice).statusCode(200).body("channel", equalTo("organizer"));
    }

    @Test
    void noticeOfARequest_needsNoAcknowledgement() {
        UUID request = UUID.randomUUID();
        Scheduler.send(Scheduler.request("offered", request, 1, branch));
        UUID notice = await().until(
                        () -> sql.one("SELECT id FROM notice WHERE request_id = ?", row -> row.id("id"), request),
                        found -> found.isPresent())
                .orElseThrow();

        inbox().body("items[0].acknowledgement", nullValue());
        acknowledge(mine(), notice)
                .statusCode(409)
                .body("code", equalTo("nothing-to-acknowledge"), "detail", containsString("request"));
    }

    @Test
    void concurrentAcknowledgements_areOneEvent() throws Exception {
        var confirmed = Scheduler.confirmed(branch, 72);
        Scheduler.send(confirmed);
        UUID notice = notice(confirmed.subject(), 1);
        String token = mine();
        CountDownLatch go = new CountDownLatch(1);
        List<Future<String>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                answers.add(threads.submit(() -> {
                    go.await();
                    return acknowledge(token, notice).statusCode(200).extract().path("at");
                }));
            }
            go.countDown();
        }
        List<String> times = new ArrayList<>();
        for (Future<String> answer : answers) {
            times.add(answer.get());
        }
        assertThat(times).hasSize(12).containsOnly(times.getFirst());
        assertThat(sql.list(
                        "SELECT 1 AS one FROM outbox WHERE subject = ?", row -> row.number("one"), confirmed.subject()))
                .hasSize(1);
        assertThat(told(confirmed.subject(), 1)).hasSize(1);
    }

    private static String header(ConsumerRecord<String, String> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** The records of a booking on the topic, once there are this many. */
    private static List<ConsumerRecord<String, String>> told(UUID booking, int atLeast) {
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class)),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("lectern.acknowledgements").stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(each -> {
                    if (each.key().equals(booking.toString())) {
                        found.add(each);
                    }
                });
                return found.size() >= atLeast;
            });
        }
        return found;
    }
}
