package org.lectern.scheduler.request;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** Branches answer offers by the link in a message, and the answers arrive over Kafka. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class OfferAnswerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXAMPLE =
            Path.of("../notification-service/src/main/resources/contract/example/offer.answered.v1.json");
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalDate DAY =
            Instant.now().atZone(SHANGHAI).toLocalDate().plusDays(30);

    @Inject
    City city;

    private City.Cast cast;
    private String request;

    @BeforeEach
    void aSlotIsOffered() {
        cast = city.cast();
        request = as(Tokens.branch(cast.branchCode()))
                .body(Map.of(
                        "topicId", cast.topic(),
                        "branchId", cast.branch(),
                        "windows", List.of(Map.of("from", at("08:00"), "until", at("18:00")))))
                .post("/api/v1/requests")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        as(Tokens.organizer())
                .header("If-Match", "\"1\"")
                .body(Map.of("lecturerId", cast.lecturer(), "venueId", cast.venue(), "start", at("14:00")))
                .post("/api/v1/requests/" + request + "/offer")
                .then()
                .statusCode(200);
    }

    @Test
    void takenOffer_booksTheLecture() throws Exception {
        answered(UUID.randomUUID(), "taken", cast.branch(), 2);

        await().untilAsserted(() -> read().body("status", equalTo("ACCEPTED")));
        String booking = read().extract().path("bookingId");
        as(Tokens.organizer()).get("/api/v1/bookings/" + booking).then().body("status", equalTo("CONFIRMED"));
        as(Tokens.organizer())
                .get("/api/v1/requests/" + request + "/history")
                .then()
                .body("items.actor", hasItem("offer-link"));
    }

    @Test
    void declined_letsTheRequestWaitOn() throws Exception {
        answered(UUID.randomUUID(), "declined", cast.branch(), 2);

        await().untilAsserted(() -> read().body("status", equalTo("WAITING")).body("version", equalTo(3)));
    }

    @Test
    void sameEventTwice_hasOneEffect() throws Exception {
        UUID event = UUID.randomUUID();
        answered(event, "declined", cast.branch(), 2);
        await().untilAsserted(() -> read().body("version", equalTo(3)));
        as(Tokens.organizer())
                .header("If-Match", "\"3\"")
                .body(Map.of("lecturerId", cast.lecturer(), "venueId", cast.venue(), "start", at("10:00")))
                .post("/api/v1/requests/" + request + "/offer")
                .then()
                .statusCode(200);

        answered(event, "declined", cast.branch(), 2);
        everythingIsTakenIn();

        read().body("status", equalTo("OFFERED")).body("version", equalTo(4));
    }

    @Test
    void answerToAnEarlierVersion_isRefused() throws Exception {
        answered(UUID.randomUUID(), "taken", cast.branch(), 1);
        everythingIsTakenIn();

        read().body("status", equalTo("OFFERED")).body("version", equalTo(2));
    }

    @Test
    void answerOfAnotherBranch_isRefused() throws Exception {
        answered(UUID.randomUUID(), "taken", UUID.randomUUID(), 2);
        everythingIsTakenIn();

        read().body("status", equalTo("OFFERED"));
    }

    @Test
    void malformedAnswer_isQuarantined() throws Exception {
        long before = city.count("SELECT count(*) FROM acknowledgement_quarantine");
        send(UUID.randomUUID(), "{\"answer\":\"perhaps\"}");

        answered(UUID.randomUUID(), "taken", cast.branch(), 2);

        await().untilAsserted(() -> read().body("status", equalTo("ACCEPTED")));
        assertThat(city.count("SELECT count(*) FROM acknowledgement_quarantine"))
                .isGreaterThan(before);
    }

    /**
     * Waits until an invalid record is quarantined: all earlier records for this request are before it on the same
     * partition.
     */
    private void everythingIsTakenIn() throws Exception {
        long before = city.count("SELECT count(*) FROM acknowledgement_quarantine");
        send(UUID.randomUUID(), "{}");
        await().untilAsserted(() -> assertThat(city.count("SELECT count(*) FROM acknowledgement_quarantine"))
                .isGreaterThan(before));
    }

    private void answered(UUID event, String answer, UUID branch, int version) throws Exception {
        send(
                event,
                ((ObjectNode) JSON.readTree(Files.readString(EXAMPLE)))
                        .put("requestId", request)
                        .put("branchId", branch.toString())
                        .put("version", version)
                        .put("answer", answer)
                        .put("somethingNew", true)
                        .toString());
    }

    private void send(UUID event, String data) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
        try (var kafka = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var message = new ProducerRecord<>("lectern.acknowledgements", request, data);
            Map.of(
                            "ce_id",
                            event.toString(),
                            "ce_type",
                            "lectern.offer.answered.v1",
                            "ce_source",
                            "/lectern/notification")
                    .forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            kafka.send(message).get();
        }
    }

    private ValidatableResponse read() {
        return as(Tokens.organizer()).get("/api/v1/requests/" + request).then().statusCode(200);
    }

    private static RequestSpecification as(String token) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", UUID.randomUUID().toString());
    }

    private static String at(String clock) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                DAY.atTime(LocalTime.parse(clock)).atZone(SHANGHAI).toOffsetDateTime());
    }
}
