package org.lectern.scheduler.registry.lecturer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.support.Registries.body;
import static org.lectern.scheduler.support.Registries.create;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Lectures;
import org.lectern.scheduler.support.ReadOperations;
import org.lectern.scheduler.support.ReadOperations.Read;
import org.lectern.testing.Tokens;

/** Contact data of lecturers is for organizers only. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class LecturerContactTest {

    private static final String LECTURERS = "/api/v1/lecturers/";

    @Inject
    City city;

    private final String secret = UUID.randomUUID().toString().substring(0, 8);
    private final String phone = "+86 " + Math.abs(UUID.randomUUID().getMostSignificantBits());
    private City.Cast cast;
    private String code;

    @BeforeEach
    void aLecturerWithContactData() {
        City.Cast usual = city.cast();
        Map<String, Object> lecturer = body("lecturers");
        lecturer.put("topicIds", List.of(usual.topic()));
        lecturer.put("email", secret + "@example.org");
        lecturer.put("phone", phone);
        lecturer.put("home", Map.of("address", "街 " + secret, "latitude", 30.123456, "longitude", 120.654321));
        code = lecturer.get("code").toString();
        UUID id = UUID.fromString(create("lecturers", lecturer));
        cast = new City.Cast(id, usual.topic(), usual.branch(), usual.branchCode(), usual.venue());
    }

    private static RequestSpecification auditor() {
        return given().auth().oauth2(Tokens.auditor());
    }

    @Test
    void anOrganizerSeesContactData() {
        organizer()
                .get(LECTURERS + cast.lecturer())
                .then()
                .statusCode(200)
                .body("email", equalTo(secret + "@example.org"), "phone", equalTo(phone))
                .body("home.address", equalTo("街 " + secret), "home.latitude", equalTo(30.123456f));
        assertThat(organizer()
                        .queryParam("q", code)
                        .get(LECTURERS + "export.csv")
                        .asString())
                .contains(secret + "@example.org", phone, "30.123456");
    }

    @Test
    void anAuditorSeesOnlyThatThereIsContactData() {
        auditor()
                .get(LECTURERS + cast.lecturer())
                .then()
                .statusCode(200)
                .body("code", equalTo(code), "name", equalTo("林晓岚"))
                .body("email", equalTo("***"), "phone", equalTo("***"))
                .body("home.address", equalTo("***"), "home.latitude", nullValue());
        auditor()
                .queryParam("q", code)
                .get("/api/v1/lecturers")
                .then()
                .statusCode(200)
                .body("items.email", hasItem("***"));
        assertThat(auditor().queryParam("q", code).get(LECTURERS + "export.csv").asString())
                .contains(code + ",林晓岚,municipal,")
                .contains(",***,,,***,***");
    }

    @Test
    void absentContactDataIsNotMasked() {
        Map<String, Object> without = body("lecturers");
        without.keySet().removeAll(List.of("email", "phone", "home"));

        auditor()
                .get(LECTURERS + create("lecturers", without))
                .then()
                .statusCode(200)
                .body("email", nullValue(), "phone", nullValue(), "home", nullValue());
    }

    static Stream<Read> reads() {
        return ReadOperations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("reads")
    void auditor_seesNoContactData(Read read) {
        String booking = Lectures.book(cast, Lectures.day(67), 10);
        String path = read.path()
                .replace("/bookings/{id}", "/bookings/" + booking)
                .replace("/lecturers/{id}", "/lecturers/" + cast.lecturer())
                .replace("/branches/{id}", "/branches/" + cast.branch())
                .replace("/venues/{id}", "/venues/" + cast.venue())
                .replace("/topics/{id}", "/topics/" + cast.topic())
                .replaceAll("\\{(other|[a-zA-Z]*[iI]d)}", UUID.randomUUID().toString())
                .replace("{number}", "0")
                .replace("{year}", "2031");
        RequestSpecification request = auditor();
        boolean audit = read.path().endsWith("audit");
        boolean dates = read.path().endsWith("calendar") || read.path().endsWith("days");
        Map<String, Object> criteria = Map.of(
                "from", dates ? "2031-01-05" : Lectures.at(Lectures.day(audit ? -1 : 60), 0, 0),
                "to", dates ? "2031-01-06" : Lectures.at(Lectures.day(75), 0, 0),
                "topicId", cast.topic(),
                "lecturers", cast.lecturer(),
                "venues", cast.venue(),
                "branchId", cast.branch(),
                "subject", cast.lecturer(),
                "lecturerId", cast.lecturer());
        criteria.forEach((name, value) -> {
            boolean ofAnother = read.path().contains("venues") && name.equals("branchId");
            if (read.parameters().containsKey(name) && !ofAnother) {
                request.queryParam(name, value);
            }
        });

        if (read.path().endsWith("search")) {
            request.queryParam("q", cast.lecturer().toString().substring(0, 8));
        }

        Response answer = request.get(path);

        assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 404);
        assertThat(answer.asString()).doesNotContain(secret, phone, "30.123456", "120.654321");
    }

    @Test
    void theAuditNamesThatContactDataChanged() {
        auditor()
                .queryParam("subject", cast.lecturer())
                .get("/api/v1/audit")
                .then()
                .statusCode(200)
                .body("items[0].after.hasEmail", equalTo(true), "items[0].after.contactChanged", equalTo(true));
    }
}
