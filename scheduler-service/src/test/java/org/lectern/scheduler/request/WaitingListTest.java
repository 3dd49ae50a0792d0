package org.lectern.scheduler.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.lecture;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Registries.body;
import static org.lectern.scheduler.support.Registries.create;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.schedule.AvailabilityApi;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.City.Cast;
import org.lectern.scheduler.support.Lectures;

/** Waiting requests are offered time that becomes free, whatever freed it, and nothing that was free before. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class WaitingListTest {

    private static final LocalDate DAY = day(33);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Inject
    City city;

    private static String ask(UUID topic, UUID branch) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("topicId", topic);
        body.put("branchId", branch);
        body.put("windows", List.of(Map.of("from", at(DAY, 9, 0), "until", at(DAY, 12, 0))));
        return post("/api/v1/requests", body).then().statusCode(201).extract().path("id");
    }

    private static JsonPath read(String request) {
        return organizer()
                .get("/api/v1/requests/" + request)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static void isOffered(String request, Object lecturer) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(read(request).getString("status")).isEqualTo("OFFERED"));
        assertThat(read(request).getString("offer.lecturer.id")).isEqualTo(lecturer.toString());
    }

    private static Map<String, Object> blackout(LocalDate day) {
        return Map.of("blackouts", List.of(Map.of("firstDay", day.toString(), "lastDay", day.toString())));
    }

    @Test
    void removedBlackout_isOffered() {
        Cast cast = city.cast();
        AvailabilityApi.availability(cast.lecturer(), blackout(DAY));
        String request = ask(cast.topic(), cast.branch());

        AvailabilityApi.availability(cast.lecturer(), blackout(DAY.plusDays(1)));

        isOffered(request, cast.lecturer());
    }

    @Test
    void widerWindows_areOffered() {
        Cast cast = city.cast();
        AvailabilityApi.availability(cast.lecturer(), exception("13:00", "18:00"));
        String request = ask(cast.topic(), cast.branch());

        AvailabilityApi.availability(cast.lecturer(), exception("10:00", "18:00"));

        isOffered(request, cast.lecturer());
        assertThat(read(request).getString("offer.start")).isEqualTo(at(DAY, 10, 0));
    }

    private static Map<String, Object> exception(String from, String until) {
        return Map.of(
                "exceptions",
                List.of(Map.of("date", DAY.toString(), "windows", List.of(Map.of("from", from, "until", until)))));
    }

    @Test
    void raisedLimit_isOffered() {
        Cast cast = city.cast();
        AvailabilityApi.availability(cast.lecturer(), Map.of("limits", Map.of("lecturesPerDay", 1)));
        UUID other = city.branch(null, "Asia/Shanghai", false);
        Lectures.book(new Cast(cast.lecturer(), cast.topic(), other, "", city.venue()), DAY, 15);
        String request = ask(cast.topic(), cast.branch());

        AvailabilityApi.availability(cast.lecturer(), Map.of("limits", Map.of("lecturesPerDay", 2)));

        isOffered(request, cast.lecturer());
    }

    @Test
    void cancelledLectureOfTheSameDay_freesALimit() {
        Cast cast = city.cast();
        AvailabilityApi.availability(cast.lecturer(), Map.of("limits", Map.of("lecturesPerDay", 1)));
        UUID other = city.branch(null, "Asia/Shanghai", false);
        String booked = Lectures.book(new Cast(cast.lecturer(), cast.topic(), other, "", city.venue()), DAY, 15);
        String request = ask(cast.topic(), cast.branch());

        change("/api/v1/bookings/" + booked + "/cancel", 1, Map.of("reason", "取消"))
                .then()
                .statusCode(200);

        isOffered(request, cast.lecturer());
    }

    @Test
    void newLecturerOfTheTopic_isOffered() {
        String topic = create("topics", body("topics"));
        UUID branch = city.branch(null, "Asia/Shanghai", false);
        city.venue();
        String request = ask(UUID.fromString(topic), branch);

        Map<String, Object> lecturer = body("lecturers");
        lecturer.put("topicIds", List.of(topic));
        String id = create("lecturers", lecturer);

        isOffered(request, id);
    }

    @Test
    void longerOpeningHours_areOffered() {
        UUID topic = city.topic(90);
        UUID lecturer = city.lecturer(topic);
        UUID branch = city.branch(null, "Asia/Shanghai", false);
        Map<String, Object> room = body("venues");
        room.put("kind", "branch-room");
        room.put("branchId", branch);
        String venue = create("venues", room);
        AvailabilityApi.openingHours(UUID.fromString(venue), hours("13:00", "20:00"));
        String request = ask(topic, branch);

        AvailabilityApi.openingHours(UUID.fromString(venue), hours("09:00", "20:00"));

        isOffered(request, lecturer);
        assertThat(read(request).getString("offer.venue.id")).isEqualTo(venue);
    }

    private static Map<String, Object> hours(String from, String until) {
        return Map.of(
                "exceptions",
                List.of(Map.of("date", DAY.toString(), "windows", List.of(Map.of("from", from, "until", until)))));
    }

    @Test
    void branchThatIsFreeAgain_isOffered() {
        Cast cast = city.cast();
        UUID other = city.lecturer(city.topic(60));
        UUID otherTopic = city.topic(60);
        city.run("INSERT INTO lecturer_topic (lecturer_id, topic_id) VALUES (?, ?)", other, otherTopic);
        Map<String, Object> all =
                lecture(new Cast(other, otherTopic, cast.branch(), "", city.venue()), at(DAY, 8, 0), at(DAY, 13, 0));
        String booked =
                post("/api/v1/bookings", all).then().statusCode(201).extract().path("id");
        String request = ask(cast.topic(), cast.branch());

        change("/api/v1/bookings/" + booked + "/cancel", 1, Map.of("reason", "取消"))
                .then()
                .statusCode(200);

        isOffered(request, cast.lecturer());
    }

    @Test
    void whatWasFreeBefore_waitsForAnOrganizer() {
        Cast cast = city.cast();
        String request = ask(cast.topic(), cast.branch());
        AvailabilityApi.availability(cast.lecturer(), blackout(DAY.plusDays(5)));
        // a second change is swept after the first: when its offer is there, the first offered nothing
        Cast witness = city.cast();
        AvailabilityApi.availability(witness.lecturer(), blackout(DAY));
        String second = ask(witness.topic(), witness.branch());
        AvailabilityApi.availability(witness.lecturer(), blackout(DAY.plusDays(1)));
        isOffered(second, witness.lecturer());

        organizer().get("/api/v1/requests/" + request).then().body("status", equalTo("WAITING"));
    }
}
