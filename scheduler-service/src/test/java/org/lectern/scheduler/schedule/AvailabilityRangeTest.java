package org.lectern.scheduler.schedule;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.lectern.scheduler.schedule.AvailabilityApi.at;
import static org.lectern.scheduler.schedule.AvailabilityApi.availability;
import static org.lectern.scheduler.schedule.AvailabilityApi.next;
import static org.lectern.scheduler.schedule.AvailabilityApi.openingHours;
import static org.lectern.scheduler.schedule.AvailabilityApi.organizer;
import static org.lectern.scheduler.schedule.AvailabilityApi.today;
import static org.lectern.scheduler.schedule.AvailabilityApi.weekly;
import static org.lectern.scheduler.schedule.AvailabilityApi.window;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** The availability of many lecturers and venues in one answer. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class AvailabilityRangeTest {

    private static final LocalDate MONDAY = next(DayOfWeek.MONDAY, today().plusDays(30));

    @Inject
    City city;

    private static Response range(String lecturers, String venues) {
        return organizer()
                .queryParam("from", at(MONDAY, "00:00"))
                .queryParam("to", at(MONDAY.plusDays(7), "00:00"))
                .queryParam("lecturers", lecturers)
                .queryParam("venues", venues)
                .get("/api/v1/timeline/availability");
    }

    @Test
    void windowsBlackoutsAndLimits_ofManyInOneAnswer() {
        UUID one = city.lecturer();
        UUID other = city.lecturer();
        UUID venue = city.venue();
        availability(
                one,
                Map.of(
                        "weekly", List.of(weekly("MONDAY", "08:30", "11:30")),
                        "exceptions",
                                List.of(Map.of(
                                        "date",
                                        MONDAY.plusDays(2).toString(),
                                        "windows",
                                        List.of(window("14:00", "16:00")))),
                        "blackouts",
                                List.of(Map.of(
                                        "firstDay", MONDAY.toString(),
                                        "lastDay", MONDAY.toString(),
                                        "reason", "省里培训")),
                        "limits", Map.of("lecturesPerDay", 2, "noticeHours", 48)));
        openingHours(venue, Map.of("weekly", List.of(weekly("FRIDAY", "14:00", "21:00"))));

        range(one + "," + other, venue.toString())
                .then()
                .statusCode(200)
                .body(
                        "lecturers",
                        hasSize(2),
                        "lecturers.find { it.lecturerId == '" + one + "' }.open.from",
                        contains(at(MONDAY, "08:30"), at(MONDAY.plusDays(2), "14:00")),
                        "lecturers.find { it.lecturerId == '" + one + "' }.blackouts.from",
                        contains(at(MONDAY, "00:00")),
                        "lecturers.find { it.lecturerId == '" + one + "' }.blackouts.reason",
                        contains("省里培训"),
                        "lecturers.find { it.lecturerId == '" + one + "' }.lecturesPerDay",
                        equalTo(2),
                        "lecturers.find { it.lecturerId == '" + one + "' }.noticeHours",
                        equalTo(48),
                        "lecturers.find { it.lecturerId == '" + one + "' }.version",
                        equalTo(2),
                        "lecturers.find { it.lecturerId == '" + other + "' }.open",
                        hasSize(1),
                        "venues",
                        hasSize(1),
                        "venues[0].open.from",
                        contains(at(MONDAY.plusDays(4), "14:00")),
                        "venues[0].open.until",
                        contains(at(MONDAY.plusDays(4), "21:00")));
    }

    @Test
    void reasonsOfAbsences_areForOrganizersOnly() {
        UUID lecturer = city.lecturer();
        availability(
                lecturer,
                Map.of(
                        "blackouts",
                        List.of(Map.of(
                                "firstDay", MONDAY.toString(), "lastDay", MONDAY.toString(), "reason", "operation"))));

        given().auth()
                .oauth2(Tokens.auditor())
                .queryParam("from", at(MONDAY, "00:00"))
                .queryParam("to", at(MONDAY.plusDays(7), "00:00"))
                .queryParam("lecturers", lecturer.toString())
                .queryParam("venues", "none")
                .get("/api/v1/timeline/availability")
                .then()
                .statusCode(200)
                .body("lecturers[0].blackouts.from", contains(at(MONDAY, "00:00")))
                .body(not(containsString("operation")));
    }

    @Test
    void none_leavesAKindOut() {
        range("none", city.venue().toString()).then().statusCode(200).body("lecturers", empty(), "venues", hasSize(1));
    }

    @Test
    void rangeTooLong_isRefused() {
        organizer()
                .queryParam("from", at(MONDAY, "00:00"))
                .queryParam("to", at(MONDAY.plusDays(63), "00:00"))
                .get("/api/v1/timeline/availability")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("?to"));
    }
}
