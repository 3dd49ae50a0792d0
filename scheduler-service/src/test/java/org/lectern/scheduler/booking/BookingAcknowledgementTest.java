package org.lectern.scheduler.booking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.booking.BookingApi.at;
import static org.lectern.scheduler.booking.BookingApi.book;
import static org.lectern.scheduler.booking.BookingApi.change;
import static org.lectern.scheduler.booking.BookingApi.lecture;
import static org.lectern.scheduler.booking.BookingApi.organizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** Acknowledgements of branches arrive over Kafka, and organizers see which branches have not acknowledged. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class BookingAcknowledgementTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CONTRACT = Path.of("../notification-service/src/main/resources/contract");

    @Inject
    City city;

    private City.Cast cast;

    @BeforeEach
    void parties() {
        cast = city.cast();
    }

    /** The notification service's own example, adapted to that booking. */
    private static ObjectNode example(String booking, UUID branch, int version) throws Exception {
        return ((ObjectNode) JSON.readTree(Files.readString(CONTRACT.resolve("example/notice.acknowledged.v1.json"))))
                .put("bookingId", booking)
                .put("branchId", branch.toString())
                .put("version", version)
                .put("somethingNew", true);
    }

    private static RecordMetadata send(UUID id, String type, String key, String data) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
        try (var kafka = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var message = new ProducerRecord<>("lectern.acknowledgements", key, data);
            Map.of("ce_id", id.toString(), "ce_type", type, "ce_source", "/lectern/notification")
                    .forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            return kafka.send(message).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void acknowledged(String booking, UUID branch, int version) throws Exception {
        send(
                UUID.randomUUID(),
                "lectern.notice.acknowledged.v1",
                booking,
                example(booking, branch, version).toString());
    }

    private static ValidatableResponse who(String booking) {
        return organizer()
                .get("/api/v1/bookings/{id}/acknowledgements", booking)
                .then();
    }

    private String booked(int day) {
        return book(lecture(cast, at(day, 9), at(day, 11)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private ValidatableResponse list(boolean acknowledged) {
        return organizer()
                .queryParam("branchId", cast.branch())
                .queryParam("acknowledged", acknowledged)
                .get("/api/v1/bookings")
                .then()
                .statusCode(200);
    }

    private static void until(String booking, String path, Object expected) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> who(booking).statusCode(200).body(path, equalTo(expected)));
    }

    @Test
    void acknowledgements_areListedAndChangesResetThem() throws Exception {
        String id = booked(200);
        who(id).statusCode(200)
                .body("complete", equalTo(false), "branches.size()", equalTo(1))
                .body("branches[0].announced", equalTo(true), "branches[0].acknowledged", equalTo(false))
                .body("branches[0].branchId", equalTo(cast.branch().toString()), "branches[0].at", nullValue());
        list(false).body("items.id", contains(id));
        list(true).body("items.id", not(hasItem(id)));

        acknowledged(id, cast.branch(), 1);
        until(id, "complete", true);
        who(id).body("branches[0].version", equalTo(1), "branches[0].channel", equalTo("in-app"))
                .body("branches[0].at", equalTo("2026-11-24T01:12:30.512Z"));
        list(true).body("items.id", contains(id));
        list(false).body("items.id", not(hasItem(id)));

        OffsetDateTime later = at(201, 9);
        change(id, "change", 1, Map.of("start", later.toInstant().toString(), "reason", "Exams"))
                .then()
                .statusCode(200);
        who(id).body("complete", equalTo(false), "branches[0].acknowledged", equalTo(false))
                .body("branches[0].version", equalTo(1));
        list(false).body("items.id", contains(id));

        acknowledged(id, cast.branch(), 2);
        until(id, "complete", true);
    }

    @Test
    void anOldAcknowledgementThatComesLateDoesNotCount() throws Exception {
        String id = booked(202);
        change(id, "cancel", 1, Map.of("reason", "The hall is flooded")).then().statusCode(200);
        acknowledged(id, cast.branch(), 2);
        until(id, "complete", true);
        acknowledged(id, cast.branch(), 1);
        String other = booked(203);
        acknowledged(other, cast.branch(), 1); // perhaps on another partition, so the test awaits both
        until(other, "complete", true);
        await().untilAsserted(() -> assertThat(
                        city.count("SELECT count(*) FROM acknowledgement WHERE booking_id = ?", UUID.fromString(id)))
                .isEqualTo(2));
        who(id).body("complete", equalTo(true), "branches[0].version", equalTo(2));
    }

    @Test
    void acknowledgementOfALostVersion_doesNotCount() throws Exception {
        String id = booked(207);
        acknowledged(id, cast.branch(), 2);
        acknowledged(id, cast.branch(), 1); // after the newer one: the order per booking is kept
        until(id, "branches[0].version", 1);
        change(id, "cancel", 1, Map.of("reason", "The hall is flooded")).then().statusCode(200);
        who(id).body("complete", equalTo(false), "branches[0].version", equalTo(1));

        acknowledged(id, cast.branch(), 2);
        until(id, "complete", true);
    }

    @Test
    void guestsAcknowledgeForThemselves() throws Exception {
        UUID guest = city.branch(null, "Asia/Shanghai", false);
        Map<String, Object> body = new LinkedHashMap<>(lecture(cast, at(204, 9), at(204, 11)));
        body.put("guests", List.of(Map.of("branchId", guest, "expectedHeadCount", 5)));
        String id = book(body).then().statusCode(201).extract().path("id");

        acknowledged(id, cast.branch(), 1);
        until(id, "branches[0].acknowledged", true);
        who(id).body("complete", equalTo(false), "branches.guest", contains(false, true))
                .body("branches.acknowledged", contains(true, false));
        acknowledged(id, guest, 1);
        until(id, "complete", true);
    }

    @Test
    void hold_isNotAnnouncedUntilConfirmed() throws Exception {
        Map<String, Object> body = new LinkedHashMap<>(lecture(cast, at(205, 9), at(205, 11)));
        body.put("hold", Map.of("expiresAt", Instant.now().plusSeconds(3600).toString()));
        String id = book(body).then().statusCode(201).extract().path("id");
        who(id).body("branches[0].announced", equalTo(false), "branches[0].acknowledged", equalTo(false));
        list(false).body("items.id", not(hasItem(id)));

        change(id, "change", 1, Map.of("start", at(206, 9).toInstant().toString(), "reason", "Exams"))
                .then()
                .statusCode(200);
        change(id, "confirm", 2, Map.of()).then().statusCode(200);
        who(id).body("branches[0].announced", equalTo(true), "complete", equalTo(false));
        acknowledged(id, cast.branch(), 3);
        until(id, "complete", true);
    }

    @Test
    void reachedBranch_isListedUntilTheNextVersion() throws Exception {
        String id = booked(208);
        who(id).body("branches[0].announced", equalTo(true), "branches[0].reached", equalTo(false));
        UUID event = UUID.randomUUID();
        String data = ((ObjectNode)
                        JSON.readTree(Files.readString(CONTRACT.resolve("example/notice.delivered.v1.json"))))
                .put("bookingId", id)
                .put("branchId", cast.branch().toString())
                .toString();
        send(event, "lectern.notice.delivered.v1", id, data);
        send(event, "lectern.notice.delivered.v1", id, data);
        until(id, "branches[0].reached", true);
        who(id).body("branches[0].acknowledged", equalTo(false));
        assertThat(city.count("SELECT count(*) FROM notice_delivered WHERE booking_id = ?", UUID.fromString(id)))
                .isEqualTo(1);

        OffsetDateTime later = at(209, 9);
        change(id, "change", 1, Map.of("start", later.toInstant().toString(), "reason", "Exams"))
                .then()
                .statusCode(200);
        who(id).body("branches[0].reached", equalTo(false));
    }

    private static void delivered(UUID event, String booking, UUID branch) throws Exception {
        send(
                event,
                "lectern.notice.delivered.v1",
                booking,
                about("delivered", booking, branch).toString());
    }

    private static void bounced(UUID delivered, String booking, UUID branch) throws Exception {
        String data = about("undelivered", booking, branch)
                .put("delivered", delivered.toString())
                .toString();
        send(UUID.randomUUID(), "lectern.notice.undelivered.v1", booking, data);
    }

    private static ObjectNode about(String what, String booking, UUID branch) throws IOException {
        return ((ObjectNode) JSON.readTree(Files.readString(CONTRACT.resolve("example/notice." + what + ".v1.json"))))
                .put("bookingId", booking)
                .put("branchId", branch.toString());
    }

    @Test
    void bouncedMessage_hasNotReachedTheBranchAfterAll() throws Exception {
        String id = booked(210);
        UUID event = UUID.randomUUID();
        delivered(event, id, cast.branch());
        until(id, "branches[0].reached", true);
        who(id).body("branches[0].bouncedAt", nullValue());

        bounced(event, id, cast.branch());
        until(id, "branches[0].reached", false);
        who(id).body(
                        "branches[0].bouncedAt",
                        equalTo("2026-11-24T01:14:02.117Z"),
                        "branches[0].announced",
                        equalTo(true));

        delivered(UUID.randomUUID(), id, cast.branch());
        until(id, "branches[0].reached", true);
        who(id).body("branches[0].bouncedAt", nullValue());
    }

    @Test
    void bounceThatArrivesBeforeItsDelivery_countsToo() throws Exception {
        String id = booked(211);
        UUID event = UUID.randomUUID();
        bounced(event, id, cast.branch());
        bounced(event, id, cast.branch());
        delivered(event, id, cast.branch());
        delivered(event, id, cast.branch());
        acknowledged(id, cast.branch(), 1); // after the others: the order per booking is kept
        until(id, "branches[0].acknowledged", true);

        who(id).body("branches[0].reached", equalTo(false), "branches[0].bouncedAt", notNullValue());
    }

    @Test
    void bounceOfOneBranch_saysNothingOfAnother() throws Exception {
        UUID guest = city.branch(null, "Asia/Shanghai", false);
        Map<String, Object> body = new LinkedHashMap<>(lecture(cast, at(212, 9), at(212, 11)));
        body.put("guests", List.of(Map.of("branchId", guest, "expectedHeadCount", 5)));
        String id = book(body).then().statusCode(201).extract().path("id");
        UUID host = UUID.randomUUID();
        delivered(host, id, cast.branch());
        delivered(UUID.randomUUID(), id, guest);
        until(id, "branches.reached", List.of(true, true));

        bounced(host, id, cast.branch());

        until(id, "branches.reached", List.of(false, true));
    }

    @Test
    void aRepeatChangesNothingAndPoisonIsSetAside() throws Exception {
        String id = booked(207);
        UUID event = UUID.randomUUID();
        String data = example(id, cast.branch(), 1).toString();
        String type = "lectern.notice.acknowledged.v1";
        RecordMetadata garbage = send(UUID.randomUUID(), type, id, "{\"this is\": no json");
        RecordMetadata unknown = send(UUID.randomUUID(), "lectern.notice.praised.v1", id, data);
        RecordMetadata hollow = send(UUID.randomUUID(), type, id, "{}");
        RecordMetadata nothing = send(UUID.randomUUID(), type, id, null);
        send(event, type, id, data);
        send(event, type, id, data);
        RecordMetadata last = send(event, type, id, data);

        until(id, "complete", true);
        await().untilAsserted(() -> assertThat(city.count(
                        "SELECT count(*) FROM consumer_offset WHERE topic = ? AND partition = ? AND next_offset > ?",
                        last.topic(),
                        last.partition(),
                        last.offset()))
                .isEqualTo(1));
        assertThat(city.count("SELECT count(*) FROM acknowledgement WHERE booking_id = ?", UUID.fromString(id)))
                .isEqualTo(1);
        assertThat(List.of(reason(garbage), reason(unknown), reason(hollow), reason(nothing)))
                .containsExactly("data-is-not-json", "type-unknown", "data-does-not-fit", "no-data");
    }

    private String reason(RecordMetadata where) {
        for (String reason : List.of("data-is-not-json", "type-unknown", "data-does-not-fit", "no-data")) {
            if (city.count(
                            "SELECT count(*) FROM acknowledgement_quarantine"
                                    + " WHERE topic = ? AND partition = ? AND record_offset = ? AND reason = ?",
                            where.topic(),
                            where.partition(),
                            where.offset(),
                            reason)
                    == 1) {
                return reason;
            }
        }
        return "stored";
    }

    @Test
    void onlyOrganizersAndAuditorsSeeIt() {
        String id = booked(208);
        given().auth()
                .oauth2(Tokens.branch(cast.branchCode()))
                .get("/api/v1/bookings/{id}/acknowledgements", id)
                .then()
                .statusCode(403);
        given().get("/api/v1/bookings/{id}/acknowledgements", id).then().statusCode(401);
        who(UUID.randomUUID().toString()).statusCode(404).body("code", equalTo("not-found"));
        organizer()
                .queryParam("acknowledged", "perhaps")
                .get("/api/v1/bookings")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("?acknowledged"));
    }
}
