package org.lectern.scheduler.acceptance;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.book;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Registries.organizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

/** Lecturers answer by the link in a message, and the answers arrive over Kafka. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class LinkAnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXAMPLE =
            Path.of("../notification-service/src/main/resources/contract/example/lecture.answered.v1.json");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Inject
    City city;

    private City.Cast cast;
    private String booking;

    @BeforeEach
    void lectureWithAQuestion() {
        cast = city.cast();
        city.run("UPDATE lecturer SET tier = 'must-accept', locale = 'zh-CN' WHERE id = ?", cast.lecturer());
        booking = book(cast, day(41), 9);
    }

    @Test
    void declined_isStoredWithItsReason() throws Exception {
        send(declined("other-appointment", 1, Instant.now()));

        awaitState("DECLINED");
        JsonPath read = read();
        assertThat(read.getString("lecturerAnswer.by")).isEqualTo("LECTURER");
        assertThat(read.getString("lecturerAnswer.reason")).isEqualTo("当时另有安排");
        assertThat(read.getString("lecturerAnswer.reasonCode")).isEqualTo("other");
        assertThat(read.getInt("version")).isEqualTo(1);
    }

    @Test
    void accepted_isStored() throws Exception {
        send(accepted(1, Instant.now()));

        awaitState("ACCEPTED");
    }

    @Test
    void repeatAfterALaterAnswer_hasNoEffect() throws Exception {
        ObjectNode accepted = accepted(1, Instant.now());
        send(accepted);
        awaitState("ACCEPTED");
        given().auth()
                .oauth2(Tokens.lecturer("L-" + cast.lecturer()))
                .contentType(ContentType.JSON)
                .header("If-Match", "\"1\"")
                .body(Map.of("answer", "DECLINED", "reason", "身体不适"))
                .post("/api/v1/bookings/" + booking + "/lecturer-answer")
                .then()
                .statusCode(200);

        send(accepted);
        everythingIsTakenIn();

        assertThat(read().getString("lecturerAnswer.state")).isEqualTo("DECLINED");
    }

    @Test
    void answerToAnEarlierVersionOrOfAnotherLecturer_hasNoEffect() throws Exception {
        change(
                        "/api/v1/bookings/" + booking + "/change",
                        1,
                        Map.of("start", at(day(41), 14, 0), "end", at(day(41), 15, 0), "reason", "换时间"))
                .then()
                .statusCode(200);
        send(accepted(1, Instant.now()));
        send(accepted(2, Instant.now()).put("lecturerId", UUID.randomUUID().toString()));
        everythingIsTakenIn();

        assertThat(read().getString("lecturerAnswer.state")).isEqualTo("PENDING");
    }

    @Test
    void unknownReason_isQuarantined() throws Exception {
        long before = setAside();
        send(declined("我不想去", 1, Instant.now()));
        send(accepted(1, Instant.now()));

        awaitState("ACCEPTED");
        assertThat(setAside()).isGreaterThan(before);
    }

    private ObjectNode accepted(int version, Instant at) throws Exception {
        ObjectNode data = (ObjectNode) JSON.readTree(Files.readString(EXAMPLE));
        data.remove("reason");
        return data.put("bookingId", booking)
                .put("lecturerId", cast.lecturer().toString())
                .put("version", version)
                .put("answer", "accepted")
                .put("at", at.toString())
                .put("somethingNew", true);
    }

    private ObjectNode declined(String reason, int version, Instant at) throws Exception {
        return accepted(version, at).put("answer", "declined").put("reason", reason);
    }

    private void send(ObjectNode data) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
        try (var kafka = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var message = new ProducerRecord<>("lectern.acknowledgements", booking, data.toString());
            Map.of(
                            "ce_id",
                            UUID.randomUUID().toString(),
                            "ce_type",
                            "lectern.lecture.answered.v1",
                            "ce_source",
                            "/lectern/notification")
                    .forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            kafka.send(message).get();
        }
    }

    /** Waits until an invalid record is quarantined: all earlier records of this booking are before it. */
    private void everythingIsTakenIn() throws Exception {
        long before = setAside();
        send(JSON.createObjectNode());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(setAside()).isGreaterThan(before));
    }

    private long setAside() {
        return city.count("SELECT count(*) FROM acknowledgement_quarantine");
    }

    private void awaitState(String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(read().getString("lecturerAnswer.state")).isEqualTo(state));
    }

    private JsonPath read() {
        return organizer().get("/api/v1/bookings/" + booking).jsonPath();
    }
}
