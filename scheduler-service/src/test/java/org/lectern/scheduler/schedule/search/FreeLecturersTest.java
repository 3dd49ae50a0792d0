package org.lectern.scheduler.schedule.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.lectern.scheduler.schedule.AvailabilityApi.at;
import static org.lectern.scheduler.schedule.AvailabilityApi.availability;
import static org.lectern.scheduler.schedule.AvailabilityApi.book;
import static org.lectern.scheduler.schedule.AvailabilityApi.change;
import static org.lectern.scheduler.schedule.AvailabilityApi.lecture;
import static org.lectern.scheduler.schedule.AvailabilityApi.next;
import static org.lectern.scheduler.schedule.AvailabilityApi.openingHours;
import static org.lectern.scheduler.schedule.AvailabilityApi.organizer;
import static org.lectern.scheduler.schedule.AvailabilityApi.today;
import static org.lectern.scheduler.schedule.AvailabilityApi.weekly;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** Free lecturers with their order and reasons, and the proposals in a refusal. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class FreeLecturersTest {

    private static final LocalDate MONDAY = next(DayOfWeek.MONDAY, today().plusDays(20));

    @Inject
    City city;

    private City.Cast cast;

    @BeforeEach
    void cast() {
        cast = city.cast();
        city.run("UPDATE venue SET branch_id = ? WHERE id = ?", cast.branch(), cast.venue());
    }

    private RequestSpecification question() {
        return organizer()
                .queryParam("topicId", cast.topic())
                .queryParam("branchId", cast.branch())
                .queryParam("from", at(MONDAY, "00:00"))
                .queryParam("to", at(MONDAY.plusDays(5), "00:00"));
    }

    private static Response asked(RequestSpecification question) {
        Response answer = question.get("/api/v1/availability");
        answer.then().statusCode(200);
        return answer;
    }

    @Test
    void proposals_canBeBooked() {
        List<Map<String, Object>> items =
                asked(question().queryParam("limit", 3)).path("items");

        assertThat(items).hasSize(3);
        for (Map<String, Object> item : items) {
            book(taken(lecture(cast, "", ""), item)).then().statusCode(201);
        }
    }

    /** The same request with the proposal applied. */
    private static Map<String, Object> taken(Map<String, Object> request, Map<String, Object> proposed) {
        Map<String, Object> body = new LinkedHashMap<>(request);
        body.put("lecturerId", ((Map<?, ?>) proposed.get("lecturer")).get("id"));
        body.put("venueId", ((Map<?, ?>) proposed.get("venue")).get("id"));
        body.put("start", proposed.get("start"));
        body.put("end", proposed.get("end"));
        return body;
    }

    @Test
    void unavailableLecturer_isNotProposed() {
        UUID busy = city.lecturer(cast.topic());
        UUID away = city.lecturer(cast.topic());
        UUID full = city.lecturer(cast.topic());
        UUID other = city.lecturer(city.topic(60));
        UUID gone = city.lecturer(cast.topic());
        city.archive("lecturer", gone);
        availability(
                away,
                Map.of(
                        "blackouts",
                        List.of(Map.of(
                                "firstDay",
                                MONDAY.toString(),
                                "lastDay",
                                MONDAY.plusDays(6).toString()))));
        availability(full, Map.of("limits", Map.of("lecturesPerWeek", 1)));
        City.Cast elsewhere = city.cast();
        book(lecture(
                        new City.Cast(busy, cast.topic(), elsewhere.branch(), "", city.venue()),
                        at(MONDAY, "08:00"),
                        at(MONDAY, "20:00")))
                .then()
                .statusCode(201);
        book(lecture(
                        new City.Cast(full, cast.topic(), elsewhere.branch(), "", city.venue()),
                        at(MONDAY, "06:00"),
                        at(MONDAY, "07:00")))
                .then()
                .statusCode(201);

        List<String> monday = asked(organizer()
                        .queryParam("topicId", cast.topic())
                        .queryParam("branchId", cast.branch())
                        .queryParam("from", at(MONDAY, "08:00"))
                        .queryParam("to", at(MONDAY, "20:00"))
                        .queryParam("limit", 50))
                .path("items.lecturer.id");

        assertThat(monday)
                .contains(cast.lecturer().toString())
                .doesNotContain(busy.toString(), away.toString(), full.toString(), other.toString(), gone.toString());
    }

    @Test
    void recentVisit_lowersTheScore() {
        UUID fresh = city.lecturer(cast.topic());
        LocalDate before = MONDAY.minusDays(7);
        book(lecture(cast, at(before, "10:00"), at(before, "11:00"))).then().statusCode(201);

        asked(question()).then().body("items[0].lecturer.id", equalTo(fresh.toString()));
        Response answer = asked(question().queryParam("lecturerId", cast.lecturer()));
        int points = answer.path("items[0].reasons.points.sum()");
        answer.then()
                .body("items[0].score", equalTo(100 + points))
                .body("items[0].reasons.find { it.reason == 'last-visit' }.points", equalTo(-14))
                .body(
                        "items[0].reasons.find { it.reason == 'last-visit' }.detail",
                        equalTo("the lecturer's last lecture here: 6 days before; of any lecturer: 6 days before"));
    }

    @Test
    void reasonsAreInTheReadersLanguage() {
        String detail = asked(question().header("Accept-Language", "zh-CN"))
                .path("items[0].reasons.find { it.reason == 'tier' }.detail");

        assertThat(detail).contains("municipal").doesNotContain("tier ");
    }

    @Test
    void aVenueThatIsClosedTooSmallOrTakenIsNotProposed() {
        openingHours(cast.venue(), Map.of("weekly", List.of(weekly("TUESDAY", "09:00", "12:00"))));
        city.run("UPDATE venue SET capacity = 30 WHERE id = ?", cast.venue());

        List<String> starts = asked(
                        question().queryParam("venueId", cast.venue()).queryParam("limit", 50))
                .path("items.start");
        assertThat(starts)
                .isNotEmpty()
                .allMatch(start -> start.startsWith(MONDAY.plusDays(1).toString()));
        asked(question().queryParam("venueId", cast.venue()).queryParam("expectedHeadCount", 31))
                .then()
                .body("items", hasSize(0));
    }

    @Test
    void smallHallsNearby_doNotHideALargerOne() {
        city.run("UPDATE branch SET latitude = -48.5, longitude = -123.4 WHERE id = ?", cast.branch());
        city.run("UPDATE venue SET capacity = 20 WHERE id = ?", cast.venue());
        for (int i = 0; i < 7; i++) {
            city.run("UPDATE venue SET capacity = 20, latitude = -48.5, longitude = -123.4 WHERE id = ?", city.venue());
        }
        List<String> large = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            UUID hall = city.venue();
            city.run("UPDATE venue SET capacity = 400, latitude = -48.6, longitude = -123.4 WHERE id = ?", hall);
            large.add(hall.toString());
        }

        String proposed = asked(question().queryParam("expectedHeadCount", 300)).path("items[0].venue.id");

        assertThat(large).contains(proposed);
    }

    /** Halls beside each other at a place that no other test uses; the branch has no room of its own. */
    private List<UUID> hallsNearTheBranch(double longitude, int count) {
        city.run("UPDATE branch SET latitude = -48.5, longitude = ? WHERE id = ?", longitude, cast.branch());
        city.run("UPDATE venue SET branch_id = NULL, archived = true WHERE id = ?", cast.venue());
        List<UUID> halls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID hall = city.venue();
            city.run("UPDATE venue SET latitude = ?, longitude = ? WHERE id = ?", -48.5 - i * 0.0001, longitude, hall);
            halls.add(hall);
        }
        return halls;
    }

    private String proposedHallOnMondayMorning() {
        return asked(organizer()
                        .queryParam("topicId", cast.topic())
                        .queryParam("branchId", cast.branch())
                        .queryParam("durationMinutes", 120)
                        .queryParam("from", at(MONDAY, "09:00"))
                        .queryParam("to", at(MONDAY, "11:00")))
                .path("items[0].venue.id");
    }

    @Test
    void bookedHallsNearby_doNotHideAFreeOne() {
        List<UUID> halls = hallsNearTheBranch(-121.4, 8);
        City.Cast elsewhere = city.cast();
        for (UUID hall : halls.subList(0, 7)) {
            UUID lecturer = city.lecturer(elsewhere.topic());
            UUID branch = city.cast().branch();
            book(lecture(
                            new City.Cast(lecturer, elsewhere.topic(), branch, "", hall),
                            at(MONDAY, "10:00"),
                            at(MONDAY, "12:00")))
                    .then()
                    .statusCode(201);
        }

        assertThat(proposedHallOnMondayMorning()).isEqualTo(halls.get(7).toString());
    }

    @Test
    void closedHallsNearby_doNotHideAnOpenOne() {
        List<UUID> halls = hallsNearTheBranch(-119.4, 8);
        for (UUID hall : halls.subList(0, 7)) {
            openingHours(hall, Map.of("weekly", List.of(weekly("TUESDAY", "08:00", "20:00"))));
        }

        assertThat(proposedHallOnMondayMorning()).isEqualTo(halls.get(7).toString());
    }

    @Test
    void nearestFreeHall_isProposedFirst() {
        List<UUID> halls = hallsNearTheBranch(-117.4, 3);

        assertThat(proposedHallOnMondayMorning()).isEqualTo(halls.getFirst().toString());
    }

    @Test
    void aBroadcastNeedsNoVenue() {
        asked(question().queryParam("format", "broadcast")).then().body("items[0].venue", equalTo(null));
    }

    @ParameterizedTest
    @CsvSource({
        "topicId,,?topicId",
        "topicId,x,?topicId",
        "branchId,00000000,?branchId",
        "from,yesterday,?from",
        "to,2020-01-01T00:00:00+08:00,?to",
        "to,2200-01-01T00:00:00+08:00,?to",
        "format,seance,?format",
        "durationMinutes,0,?durationMinutes",
        "durationMinutes,-90,?durationMinutes",
        "durationMinutes,999999,?durationMinutes",
        "durationMinutes,ninety,?durationMinutes",
        "limit,0,?limit",
        "limit,51,?limit",
        "expectedHeadCount,-1,?expectedHeadCount",
    })
    void aQuestionThatCannotBeIsPointedAt(String name, String value, String pointer) {
        Map<String, Object> parameters = new LinkedHashMap<>(Map.of(
                "topicId", cast.topic(),
                "branchId", cast.branch(),
                "from", at(MONDAY, "00:00"),
                "to", at(MONDAY.plusDays(5), "00:00")));
        if (value == null) {
            parameters.remove(name);
        } else {
            parameters.put(name, value);
        }

        organizer()
                .queryParams(parameters)
                .get("/api/v1/availability")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].pointer", equalTo(pointer));
    }

    @Test
    void conflict_hasThreeBookableAlternatives() {
        book(lecture(cast, at(MONDAY, "10:00"), at(MONDAY, "11:00"))).then().statusCode(201);
        Map<String, Object> request = lecture(
                new City.Cast(
                        cast.lecturer(), cast.topic(), city.branch(null, "Asia/Shanghai", false), "", city.venue()),
                at(MONDAY, "10:30"),
                at(MONDAY, "11:30"));
        UUID colleague = city.lecturer(cast.topic());

        Response refusal = book(request);

        refusal.then()
                .statusCode(409)
                .body("code", equalTo("lecturer-occupied"))
                .body("alternatives", hasSize(3))
                .body("alternatives[0].lecturer.id", equalTo(colleague.toString()))
                .body("alternatives[0].start", equalTo(at(MONDAY, "10:30")));
        List<Map<String, Object>> alternatives = refusal.path("alternatives");
        for (Map<String, Object> alternative : alternatives) {
            Response booked = book(taken(request, alternative));
            booked.then().statusCode(201);
            change(booked.path("id"), "cancel", 1, Map.of("reason", "Only tried"))
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void alternativesToTooLittleTravel_leaveTime() {
        UUID far = city.venue();
        city.run("UPDATE venue SET latitude = 30.0, longitude = 118.0 WHERE id = ?", cast.venue());
        city.run("UPDATE venue SET latitude = 30.5, longitude = 118.5 WHERE id = ?", far);
        City.Cast elsewhere = city.cast();
        book(lecture(
                        new City.Cast(cast.lecturer(), cast.topic(), elsewhere.branch(), "", far),
                        at(MONDAY, "10:00"),
                        at(MONDAY, "11:00")))
                .then()
                .statusCode(201);
        Map<String, Object> request = lecture(cast, at(MONDAY, "11:15"), at(MONDAY, "12:15"));

        Response refusal = book(request);

        refusal.then().statusCode(409).body("code", equalTo("lecturer-travel")).body("alternatives", hasSize(3));
        List<Map<String, Object>> alternatives = refusal.path("alternatives");
        for (Map<String, Object> alternative : alternatives) {
            Response booked = book(taken(request, alternative));
            booked.then().statusCode(201);
            change(booked.path("id"), "cancel", 1, Map.of("reason", "Only tried"))
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void brokenRule_hasAlternativesThatKeepAll() {
        availability(cast.lecturer(), Map.of("weekly", List.of(weekly("TUESDAY", "08:00", "12:00"))));
        Map<String, Object> request = lecture(cast, at(MONDAY, "10:00"), at(MONDAY, "11:00"));

        Response refusal = book(request);

        refusal.then().statusCode(409).body("code", equalTo("outside-availability"));
        List<Map<String, Object>> alternatives = refusal.path("alternatives");
        assertThat(alternatives).isNotEmpty();
        for (Map<String, Object> alternative : alternatives) {
            Response booked = book(taken(request, alternative));
            booked.then().statusCode(201);
            change(booked.path("id"), "cancel", 1, Map.of("reason", "Only tried"))
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void conflictingMove_hasOtherTimes() {
        String id = book(lecture(cast, at(MONDAY, "10:00"), at(MONDAY, "11:00")))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        book(lecture(cast, at(MONDAY, "14:00"), at(MONDAY, "15:00"))).then().statusCode(201);

        Response refusal = change(id, "change", 1, Map.of("start", at(MONDAY, "14:30"), "reason", "Later"));

        refusal.then().statusCode(409).body("alternatives", hasSize(3));
        List<Map<String, Object>> alternatives = refusal.path("alternatives");
        String start = alternatives.stream()
                .filter(each -> ((Map<?, ?>) each.get("lecturer"))
                        .get("id")
                        .equals(cast.lecturer().toString()))
                .filter(each -> ((Map<?, ?>) each.get("venue"))
                        .get("id")
                        .equals(cast.venue().toString()))
                .map(each -> each.get("start").toString())
                .findFirst()
                .orElseThrow();
        change(id, "change", 1, Map.of("start", start, "reason", "Later"))
                .then()
                .statusCode(200);
    }
}
