package org.lectern.scheduler.registry.lecturer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.lectern.scheduler.support.Registries.body;
import static org.lectern.scheduler.support.Registries.create;
import static org.lectern.scheduler.support.Registries.organizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.Contract;
import org.lectern.scheduler.support.Topic;

/** Every change of a lecturer is published, without contact data. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class LecturerEventTest {

    private static final String LECTURERS = "/api/v1/lecturers/";

    private final String secret = UUID.randomUUID().toString().substring(0, 8);

    private Map<String, Object> lecturer() {
        Map<String, Object> body = body("lecturers");
        body.put("email", secret + "@example.org");
        body.put("phone", "+86 138 4711 0815");
        body.put("home", Map.of("address", "街 " + secret, "latitude", 30.123456, "longitude", 120.654321));
        return body;
    }

    @Test
    void everyChange_isPublishedWithoutContactData() throws Exception {
        Map<String, Object> body = lecturer();
        String id = create("lecturers", body);
        body.put("locale", "en");
        body.put("zone", "Europe/Berlin");
        organizer()
                .header("If-Match", "\"1\"")
                .body(body)
                .put(LECTURERS + id)
                .then()
                .statusCode(200)
                .body("locale", equalTo("en"), "zone", equalTo("Europe/Berlin"));
        organizer()
                .header("If-Match", "\"2\"")
                .body(body)
                .put(LECTURERS + id)
                .then()
                .statusCode(200)
                .body("version", equalTo(2));
        organizer().header("If-Match", "\"2\"").delete(LECTURERS + id).then().statusCode(200);

        var events = Topic.read("lectern.lecturers", id, 3);

        assertThat(events)
                .extracting(event -> Topic.header(event, "ce_sequence"))
                .containsExactly("1", "2", "3");
        for (ConsumerRecord<String, String> event : events) {
            Contract.validate(Topic.header(event, "ce_type"), event.value());
            assertThat(event.value()).doesNotContain(secret, "4711", "30.12", "120.65");
        }
        var json = new ObjectMapper();
        assertThat(json.readTree(events.get(0).value()).path("locale").asText()).isEqualTo("zh-CN");
        assertThat(json.readTree(events.get(1).value()).path("zone").asText()).isEqualTo("Europe/Berlin");
        assertThat(json.readTree(events.get(2).value()).path("archived").asBoolean())
                .isTrue();
    }

    @Test
    void importedLecturer_isPublished() {
        String code = "L-" + UUID.randomUUID();
        organizer()
                .contentType("text/csv; charset=UTF-8")
                .body("code,name,tier,locale\n" + code + ",林晓岚,municipal,en\n")
                .post(LECTURERS + "import")
                .then()
                .statusCode(200);
        String id = organizer().queryParam("q", code).get("/api/v1/lecturers").path("items[0].id");

        assertThat(Topic.read("lectern.lecturers", id, 1).getFirst().value()).contains("\"locale\":\"en\"");
    }

    @Test
    void unknownZoneAndLanguage_areRefused() {
        Map<String, Object> body = lecturer();
        body.put("zone", "Mars/Olympus");
        body.put("locale", "fr");

        organizer()
                .body(body)
                .post("/api/v1/lecturers")
                .then()
                .statusCode(400)
                .body("errors.pointer", containsInAnyOrder("/zone", "/locale"));
        organizer()
                .contentType("text/csv; charset=UTF-8")
                .body("code,name,tier,zone\nL-1,林晓岚,municipal,Mars\n")
                .queryParam("dryRun", true)
                .post(LECTURERS + "import")
                .then()
                .statusCode(200)
                .body("errors.column", contains("zone"));
    }
}
