package org.lectern.scheduler.booking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.lecture;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Registries.body;
import static org.lectern.scheduler.support.Registries.create;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.City.Cast;
import org.lectern.scheduler.support.Lectures;
import org.lectern.testing.Tokens;

/**
 * A change of availability, venue or lecturer names the bookings that no longer fit; they can be listed at any time.
 */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class ConsequencesTest {

    private static final LocalDate DAY = day(25);

    @Inject
    City city;

    private static JsonPath put(String path, Object body, String... query) {
        String etag = organizer().get(path).then().statusCode(200).extract().header("ETag");
        var request = organizer().header("If-Match", etag).body(body);
        for (int i = 0; i < query.length; i += 2) {
            request = request.queryParam(query[i], query[i + 1]);
        }
        return request.put(path).then().statusCode(200).extract().jsonPath();
    }

    private static ValidatableResponse nonconforming(String rules, String filter, Object id) {
        return organizer()
                .queryParam("nonconforming", rules)
                .queryParam(filter, id)
                .get("/api/v1/bookings")
                .then()
                .statusCode(200);
    }

    private static String availability(UUID lecturer) {
        return "/api/v1/lecturers/" + lecturer + "/availability";
    }

    private static Map<String, Object> blackout(LocalDate first, LocalDate last) {
        return Map.of("blackouts", List.of(Map.of("firstDay", first.toString(), "lastDay", last.toString())));
    }

    @Test
    void blackout_namesTheBookingsInsideIt() {
        Cast cast = city.cast();
        String inside = Lectures.book(cast, DAY, 9);
        Lectures.book(cast, DAY.plusDays(3), 9);

        JsonPath answer = put(availability(cast.lecturer()), blackout(DAY, DAY.plusDays(1)));

        assertThat(answer.getInt("consequences.count")).isEqualTo(1);
        assertThat(answer.getList("consequences.bookings.id")).isEqualTo(List.of(inside));
        assertThat(answer.getList("consequences.bookings[0].rules")).isEqualTo(List.of("blackout"));
        organizer()
                .urlEncodingEnabled(false)
                .get(answer.getString("consequences.link"))
                .then()
                .statusCode(200)
                .body("items.id", contains(inside), "items[0].warnings.code", contains("blackout"));
        nonconforming("venue-closed", "lecturerId", cast.lecturer()).body("items", empty());
        nonconforming("venue-closed,blackout", "lecturerId", cast.lecturer()).body("items.id", contains(inside));
        // what did not fit before is no consequence of the next change
        assertThat(put(availability(cast.lecturer()), blackout(DAY, DAY.plusDays(2)))
                        .getInt("consequences.count"))
                .isZero();
    }

    @Test
    void dryRun_showsConsequencesAndChangesNothing() {
        Cast cast = city.cast();
        Lectures.book(cast, DAY, 9);

        JsonPath answer = put(availability(cast.lecturer()), blackout(DAY, DAY), "dryRun", "true");

        assertThat(answer.getInt("consequences.count")).isEqualTo(1);
        organizer().get(availability(cast.lecturer())).then().body("version", equalTo(1), "blackouts", empty());
        nonconforming("any", "lecturerId", cast.lecturer()).body("items", empty());
    }

    @Test
    void longerTopic_namesTheLecturesThatAreShorter() {
        Cast cast = city.cast();
        city.run("UPDATE topic SET duration_minutes = 60 WHERE id = ?", cast.topic());
        String booking = Lectures.book(cast, DAY, 9);
        String topic = "/api/v1/topics/" + cast.topic();
        Map<String, Object> longer = Map.of("code", "T-" + cast.topic(), "title", "乡村振兴政策解读", "durationMinutes", 90);

        JsonPath rehearsed = put(topic, longer, "dryRun", "true");
        organizer().get(topic).then().body("durationMinutes", equalTo(60));
        JsonPath changed = put(topic, longer);

        for (JsonPath answer : List.of(rehearsed, changed)) {
            assertThat(answer.getList("consequences.bookings.id")).isEqualTo(List.of(booking));
            assertThat(answer.getList("consequences.rules.code")).isEqualTo(List.of("shorter-than-topic"));
        }
        nonconforming("shorter-than-topic", "topicId", cast.topic()).body("items.id", contains(booking));
        nonconforming("any", "topicId", cast.topic()).body("items", empty());
    }

    @Test
    void narrowerWindowsAndLimits_nameWhatNoLongerFits() {
        Cast cast = city.cast();
        String early = Lectures.book(cast, DAY, 8);
        String late = Lectures.book(cast, DAY, 14);

        JsonPath answer = put(
                availability(cast.lecturer()),
                Map.of(
                        "exceptions",
                                List.of(Map.of(
                                        "date",
                                        DAY.toString(),
                                        "windows",
                                        List.of(Map.of("from", "09:00", "until", "18:00")))),
                        "limits", Map.of("lecturesPerDay", 1)));

        assertThat(answer.getList("consequences.bookings.id")).isEqualTo(List.of(early, late));
        assertThat(answer.getList("consequences.bookings[0].rules"))
                .isEqualTo(List.of("daily-limit", "outside-availability"));
        assertThat(answer.getList("consequences.bookings[1].rules")).isEqualTo(List.of("daily-limit"));
    }

    @Test
    void noticePeriod_isKeptByWhatIsBooked() {
        Cast cast = city.cast();
        Lectures.book(cast, DAY, 9);

        JsonPath answer = put(availability(cast.lecturer()), Map.of("limits", Map.of("noticeHours", 8000)));

        assertThat(answer.getInt("consequences.count")).isZero();
    }

    @Test
    void openingHoursAndCapacity_nameTheBookingsOfTheVenue() {
        Map<String, Object> hall = body("venues");
        hall.put("capacity", 100);
        String venue = create("venues", hall);
        Cast cast = city.cast();
        Cast there = new Cast(cast.lecturer(), cast.topic(), cast.branch(), "", UUID.fromString(venue));
        Map<String, Object> big = lecture(there, at(DAY, 9, 0), at(DAY, 10, 0));
        big.put("expectedHeadCount", 80);
        String booked =
                post("/api/v1/bookings", big).then().statusCode(201).extract().path("id");

        Map<String, Object> smaller = new LinkedHashMap<>(hall);
        smaller.put("capacity", 50);
        JsonPath shrunk = put("/api/v1/venues/" + venue, smaller);
        JsonPath closed = put(
                "/api/v1/venues/" + venue + "/opening-hours",
                Map.of("exceptions", List.of(Map.of("date", DAY.toString(), "windows", List.of()))));

        assertThat(shrunk.getList("consequences.bookings.id")).isEqualTo(List.of(booked));
        assertThat(shrunk.getString("consequences.rules[0].code")).isEqualTo("over-capacity");
        assertThat(closed.getString("consequences.rules[0].code")).isEqualTo("venue-closed");
        nonconforming("any", "venueId", venue)
                .body("items[0].warnings.code", contains("venue-closed", "over-capacity"));
    }

    @Test
    void topicTakenAway_namesTheLecturesOnIt() {
        String topic = create("topics", body("topics"));
        Map<String, Object> who = body("lecturers");
        who.put("topicIds", List.of(topic));
        String lecturer = create("lecturers", who);
        Cast cast = city.cast();
        String booked = Lectures.book(
                new Cast(UUID.fromString(lecturer), UUID.fromString(topic), cast.branch(), "", cast.venue()), DAY, 9);

        who.put("topicIds", List.of());
        JsonPath answer = put("/api/v1/lecturers/" + lecturer, who);

        assertThat(answer.getList("consequences.bookings.id")).isEqualTo(List.of(booked));
        assertThat(answer.getString("consequences.rules[0].code")).isEqualTo("lecturer-not-on-topic");
    }

    @Test
    void newHoliday_namesTheLecturesOfThatDay() {
        Cast cast = city.cast();
        String booked = Lectures.book(cast, day(40), 9);
        LocalDate holiday = day(40);
        String path = "/api/v1/calendar/" + holiday.getYear();

        JsonPath answer = put(
                path,
                Map.of(
                        "announced",
                        true,
                        "days",
                        List.of(Map.of("date", holiday.toString(), "name", "元旦", "isOffDay", true))),
                "dryRun",
                "true");

        assertThat(answer.<String>getList("consequences.bookings.id")).contains(booked);
    }

    @Test
    void travelThatBecameTooLong_isListed() {
        Cast cast = city.cast();
        UUID near = city.venueAt(30.0, 120.0);
        UUID far = city.venueAt(30.0, 120.0);
        UUID branch = city.branch(null, "Asia/Shanghai", false);
        Lectures.book(new Cast(cast.lecturer(), cast.topic(), cast.branch(), "", near), DAY, 9);
        String next = Lectures.book(new Cast(cast.lecturer(), cast.topic(), branch, "", far), DAY, 10);
        nonconforming("any", "lecturerId", cast.lecturer()).body("items", empty());

        city.place("venue", far, 31.5, 121.5);

        nonconforming("any", "lecturerId", cast.lecturer())
                .body("items.id", contains(next), "items[0].warnings.code", contains("lecturer-travel"));
    }

    @Test
    void overriddenRules_countOnlyWhenAskedFor() {
        Cast cast = city.cast();
        put(availability(cast.lecturer()), blackout(DAY, DAY));
        Map<String, Object> body = lecture(cast, at(DAY, 9, 0), at(DAY, 10, 0));
        body.put("override", Map.of("reason", "讲师同意"));
        String booked =
                post("/api/v1/bookings", body).then().statusCode(201).extract().path("id");

        nonconforming("any", "lecturerId", cast.lecturer()).body("items", empty());
        organizer()
                .queryParam("nonconforming", "any")
                .queryParam("overridden", "true")
                .queryParam("lecturerId", cast.lecturer())
                .get("/api/v1/bookings")
                .then()
                .body("items.id", hasItem(booked));
    }

    @Test
    void branches_doNotSeeWhatDoesNotFit() {
        given().auth()
                .oauth2(Tokens.branch("B-" + UUID.randomUUID()))
                .queryParam("nonconforming", "any")
                .get("/api/v1/bookings")
                .then()
                .statusCode(403);
        organizer()
                .queryParam("nonconforming", "any")
                .queryParam("to", at(day(200), 0, 0))
                .get("/api/v1/bookings")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("?to"), "code", not(equalTo("")));
    }
}
