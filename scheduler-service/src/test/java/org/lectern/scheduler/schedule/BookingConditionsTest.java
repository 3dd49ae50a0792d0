package org.lectern.scheduler.schedule;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.lectern.scheduler.schedule.AvailabilityApi.at;
import static org.lectern.scheduler.schedule.AvailabilityApi.availability;
import static org.lectern.scheduler.schedule.AvailabilityApi.book;
import static org.lectern.scheduler.schedule.AvailabilityApi.change;
import static org.lectern.scheduler.schedule.AvailabilityApi.lecture;
import static org.lectern.scheduler.schedule.AvailabilityApi.next;
import static org.lectern.scheduler.schedule.AvailabilityApi.openingHours;
import static org.lectern.scheduler.schedule.AvailabilityApi.organizer;
import static org.lectern.scheduler.schedule.AvailabilityApi.replace;
import static org.lectern.scheduler.schedule.AvailabilityApi.today;
import static org.lectern.scheduler.schedule.AvailabilityApi.weekly;
import static org.lectern.scheduler.schedule.AvailabilityApi.window;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/**
 * One rule, one test: the refusal names the rule, the field and the remedy in both languages, and can be overridden.
 */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class BookingConditionsTest {

    /** One year ahead; other tests announce no holidays there. */
    private static final LocalDate DAY = next(MONDAY, today().plusDays(120));

    @Inject
    City city;

    City.Cast cast;

    @BeforeEach
    void somebody() {
        cast = city.cast();
    }

    private Response bookAt(LocalDate date, String from, String until) {
        return book(lecture(cast, at(date, from), at(date, until)));
    }

    /** As English texts write a day. */
    private static String written(LocalDate day) {
        return DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).format(day);
    }

    /** Expects the refusal in both languages, and that an override books and is in the history. */
    private void refused(
            Map<String, Object> body, String rule, String pointer, String title, String english, String chinese) {
        book(body)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo(rule), "type", equalTo("urn:lectern:problem:" + rule), "rules", hasItem(rule))
                .body("errors.pointer", hasItem(pointer), "errors.detail", hasItem(containsString(english)))
                .body("detail", containsString("override"), "overridable", equalTo(true));
        organizer()
                .header("Accept-Language", "zh-CN")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(body)
                .post("/api/v1/bookings")
                .then()
                .statusCode(409)
                .header("Content-Language", "zh-CN")
                .body("title", equalTo(title), "errors.detail", hasItem(containsString(chinese)));

        body.put("override", Map.of("reason", "讲师已同意"));
        String id = book(body).then().statusCode(201).extract().path("id");
        organizer()
                .get("/api/v1/bookings/{id}/history", id)
                .then()
                .body("items[0].overridden", contains(rule), "items[0].overrideReason", equalTo("讲师已同意"));
    }

    @Test
    void lecturerWithoutAvailability_isAlwaysAvailable() {
        bookAt(DAY, "03:00", "04:00").then().statusCode(201);
        bookAt(DAY, "22:30", "23:30").then().statusCode(201);
    }

    @Test
    void aLectureLiesWithinTheLecturersWindows() {
        availability(
                cast.lecturer(),
                Map.of("weekly", List.of(weekly("MONDAY", "08:30", "11:30"), weekly("MONDAY", "14:00", "17:30"))));

        bookAt(DAY, "08:30", "10:00").then().statusCode(201);
        bookAt(DAY, "10:00", "11:30").then().statusCode(201);
        refused(
                lecture(cast, at(DAY, "13:30"), at(DAY, "15:00")),
                "outside-availability",
                "/start",
                "不在讲师可用时间内",
                "only at 08:30–11:30, 14:00–17:30 (Asia/Shanghai)",
                "仅在 08:30–11:30, 14:00–17:30 可用");
    }

    @Test
    void aDayWithoutAnyWindowIsOutsideAvailability() {
        availability(cast.lecturer(), Map.of("weekly", List.of(weekly("MONDAY", "08:30", "11:30"))));

        refused(
                lecture(cast, at(DAY.plusDays(1), "09:00"), at(DAY.plusDays(1), "10:00")),
                "outside-availability",
                "/start",
                "不在讲师可用时间内",
                "the lecturer is not available (",
                "全天不可用");
    }

    @Test
    void anExceptionReplacesTheWindowsOfItsDate() {
        availability(
                cast.lecturer(),
                Map.of(
                        "weekly",
                        List.of(weekly("MONDAY", "08:30", "11:30")),
                        "exceptions",
                        List.of(
                                Map.of("date", DAY.toString(), "windows", List.of(window("19:00", "21:00"))),
                                Map.of("date", DAY.plusDays(7).toString(), "windows", List.of()))));

        bookAt(DAY, "19:00", "20:30").then().statusCode(201);
        bookAt(DAY, "09:00", "10:00").then().statusCode(409).body("code", equalTo("outside-availability"));
        bookAt(DAY.plusDays(7), "09:00", "10:00").then().statusCode(409);
        bookAt(DAY.plusDays(14), "09:00", "10:00").then().statusCode(201);
    }

    @Test
    void windowsAreOnTheLecturersClock() {
        availability(
                cast.lecturer(),
                Map.of("zone", "Europe/Berlin", "weekly", List.of(weekly("MONDAY", "08:00", "10:00"))));

        // Berlin is 6 or 7 hours behind: 15:00 in Shanghai is 8:00 or 9:00 there
        bookAt(DAY, "15:00", "16:00").then().statusCode(201);
        bookAt(DAY, "09:00", "10:00").then().statusCode(409);
    }

    @Test
    void aBlackoutIsKept() {
        availability(
                cast.lecturer(),
                Map.of(
                        "blackouts",
                        List.of(
                                Map.of("from", at(DAY, "12:00"), "until", at(DAY, "15:00"), "reason", "住院"),
                                Map.of(
                                        "firstDay",
                                        DAY.plusDays(2).toString(),
                                        "lastDay",
                                        DAY.plusDays(3).toString()))));

        bookAt(DAY, "15:00", "16:00").then().statusCode(201);
        bookAt(DAY.plusDays(3), "22:00", "23:00").then().statusCode(409).body("code", equalTo("blackout"));
        bookAt(DAY.plusDays(4), "00:00", "01:00").then().statusCode(201);
        Map<String, Object> body = lecture(cast, at(DAY, "14:00"), at(DAY, "15:00"));
        assertThat(book(body).asString()).doesNotContain("住院");
        refused(
                body,
                "blackout",
                "/start",
                "讲师不可用",
                written(DAY) + ", 12:00 (UTC+08:00) to " + written(DAY) + ", 15:00",
                "不可用");
    }

    @Test
    void aDayHoldsNoMoreLecturesThanItsLimit() {
        availability(cast.lecturer(), Map.of("limits", Map.of("lecturesPerDay", 2)));

        bookAt(DAY, "08:00", "09:00").then().statusCode(201);
        bookAt(DAY, "10:00", "11:00").then().statusCode(201);
        bookAt(DAY.plusDays(1), "00:00", "01:00").then().statusCode(201);
        refused(
                lecture(cast, at(DAY, "14:00"), at(DAY, "15:00")),
                "daily-limit",
                "/start",
                "已达讲师每日上限",
                "has 2 lectures on " + written(DAY) + "; the daily limit is 2",
                "每日最多 2 场");
    }

    @Test
    void aWeekHoldsNoMoreLecturesThanItsLimit() {
        availability(cast.lecturer(), Map.of("limits", Map.of("lecturesPerWeek", 2)));

        bookAt(DAY, "08:00", "09:00").then().statusCode(201);
        bookAt(DAY.plusDays(6), "10:00", "11:00").then().statusCode(201);
        bookAt(DAY.plusDays(7), "10:00", "11:00").then().statusCode(201);
        bookAt(DAY.minusDays(1), "10:00", "11:00").then().statusCode(201);
        refused(
                lecture(cast, at(DAY.plusDays(3), "14:00"), at(DAY.plusDays(3), "15:00")),
                "weekly-limit",
                "/start",
                "已达讲师每周上限",
                "in the week from " + written(DAY),
                "每周最多 2 场");
    }

    @Test
    void aLectureThatMovesDoesNotCountAgainstItself() {
        availability(cast.lecturer(), Map.of("limits", Map.of("lecturesPerDay", 1)));
        String id =
                bookAt(DAY, "08:00", "09:00").then().statusCode(201).extract().path("id");

        change(id, "change", 1, Map.of("start", at(DAY, "10:00"), "reason", "改期"))
                .then()
                .statusCode(200);
    }

    @Test
    void aCancelledLectureDoesNotCount() {
        availability(cast.lecturer(), Map.of("limits", Map.of("lecturesPerDay", 1)));
        String id =
                bookAt(DAY, "08:00", "09:00").then().statusCode(201).extract().path("id");
        change(id, "cancel", 1, Map.of("reason", "台风")).then().statusCode(200);

        bookAt(DAY, "14:00", "15:00").then().statusCode(201);
    }

    @Test
    void noticePeriod_isChecked() {
        availability(cast.lecturer(), Map.of("limits", Map.of("noticeHours", 48)));

        refused(
                lecture(cast, at(today().plusDays(1), "14:00"), at(today().plusDays(1), "15:00")),
                "notice-period",
                "/start",
                "提前时间不足",
                "48 hours of notice",
                "提前 48 小时");
        bookAt(today().plusDays(3), "14:00", "15:00").then().statusCode(201);
    }

    @Test
    void aLectureLiesWithinTheVenuesHours() {
        openingHours(
                cast.venue(),
                Map.of(
                        "weekly",
                        List.of(weekly("MONDAY", "14:00", "21:00")),
                        "exceptions",
                        List.of(Map.of("date", DAY.plusDays(7).toString(), "windows", List.of()))));

        bookAt(DAY, "14:00", "15:30").then().statusCode(201);
        bookAt(DAY.plusDays(7), "14:00", "15:30").then().statusCode(409).body("code", equalTo("venue-closed"));
        refused(
                lecture(cast, at(DAY, "10:00"), at(DAY, "11:00")),
                "venue-closed",
                "/start",
                "场地不开放",
                "open only at 14:00–21:00",
                "仅在 14:00–21:00 开放");
    }

    @Test
    void noMoreAreExpectedThanTheVenueHolds() {
        city.run("UPDATE venue SET capacity = 80 WHERE id = ?", cast.venue());
        Map<String, Object> body = lecture(cast, at(DAY, "10:00"), at(DAY, "11:00"));
        body.put("expectedHeadCount", 80);
        book(body).then().statusCode(201);

        Map<String, Object> more = lecture(cast, at(DAY, "14:00"), at(DAY, "15:00"));
        more.put("expectedHeadCount", 81);
        refused(
                more,
                "over-capacity",
                "/expectedHeadCount",
                "场地容量不足",
                "81 people are expected; the venue has room for 80",
                "81 人");
    }

    @Test
    void publicHoliday_isRefused() {
        LocalDate holiday = LocalDate.of(today().getYear() + 2, 10, 1);
        LocalDate madeUp = next(SATURDAY, holiday.plusDays(7));
        announce(holiday, madeUp, null);

        refused(
                lecture(cast, at(holiday, "10:00"), at(holiday, "11:00")),
                "public-holiday",
                "/start",
                "法定节假日",
                written(holiday) + " is a public holiday (国庆节)",
                "是法定节假日（国庆节）");
        bookAt(madeUp, "10:00", "11:00").then().statusCode(201);
    }

    @Test
    void aMakeUpWorkdayFollowsTheTimetableThatWasAnnounced() {
        LocalDate holiday = LocalDate.of(today().getYear() + 2, 10, 1);
        LocalDate madeUp = next(SATURDAY, holiday.plusDays(7));
        announce(holiday, madeUp, "FRIDAY");
        availability(
                cast.lecturer(),
                Map.of("weekly", List.of(weekly("FRIDAY", "08:00", "12:00"), weekly("SATURDAY", "18:00", "20:00"))));

        bookAt(madeUp, "10:00", "11:00").then().statusCode(201);
        bookAt(madeUp, "18:00", "19:00").then().statusCode(409);
    }

    private static void announce(LocalDate holiday, LocalDate madeUp, String actsAs) {
        Map<String, Object> workday =
                new java.util.HashMap<>(Map.of("date", madeUp.toString(), "name", "国庆节", "isOffDay", false));
        if (actsAs != null) {
            workday.put("actsAs", actsAs);
        }
        replace(
                        "/api/v1/calendar/" + holiday.getYear(),
                        Map.of(
                                "announced",
                                true,
                                "days",
                                List.of(Map.of("date", holiday.toString(), "name", "国庆节", "isOffDay", true), workday)))
                .then()
                .statusCode(200);
    }

    @Test
    void everyBrokenRuleIsNamed() {
        city.run("UPDATE venue SET capacity = 10 WHERE id = ?", cast.venue());
        availability(cast.lecturer(), Map.of("weekly", List.of(weekly("TUESDAY", "08:00", "12:00"))));
        openingHours(cast.venue(), Map.of("weekly", List.of(weekly("TUESDAY", "08:00", "12:00"))));
        Map<String, Object> body = lecture(cast, at(DAY, "10:00"), at(DAY, "11:00"));
        body.put("expectedHeadCount", 50);

        book(body)
                .then()
                .statusCode(409)
                .body("rules", contains("outside-availability", "venue-closed", "over-capacity"))
                .body("errors.pointer", contains("/start", "/start", "/expectedHeadCount"));
    }

    @Test
    void change_isCheckedOnlyForChangedFields() {
        String id =
                bookAt(DAY, "10:00", "11:00").then().statusCode(201).extract().path("id");
        availability(cast.lecturer(), Map.of("weekly", List.of(weekly("TUESDAY", "08:00", "12:00"))));
        UUID closed = city.venue();
        openingHours(closed, Map.of("weekly", List.of(weekly("TUESDAY", "08:00", "12:00"))));

        // the lecturer stays: the new windows do not apply to a change of venue, but the venue's hours do
        change(id, "change", 1, Map.of("venueId", closed, "reason", "换场地"))
                .then()
                .statusCode(409)
                .body("rules", contains("venue-closed"), "errors.pointer", contains("/venueId"));
        change(id, "change", 1, Map.of("venueId", city.venue(), "reason", "换场地"))
                .then()
                .statusCode(200);
        change(id, "change", 2, Map.of("start", at(DAY, "14:00"), "reason", "改期"))
                .then()
                .statusCode(409)
                .body("rules", contains("outside-availability"), "errors.pointer", contains("/start"));
        change(id, "cancel", 2, Map.of("reason", "台风")).then().statusCode(200);
    }

    @Test
    void otherLecturer_isCheckedByOwnAvailability() {
        String id =
                bookAt(DAY, "10:00", "11:00").then().statusCode(201).extract().path("id");
        UUID other = city.lecturer(cast.topic());
        availability(other, Map.of("weekly", List.of(weekly("TUESDAY", "08:00", "12:00"))));

        change(id, "change", 1, Map.of("lecturerId", other, "reason", "换人"))
                .then()
                .statusCode(409)
                .body("rules", contains("outside-availability"), "errors.pointer", contains("/lecturerId"));
        change(id, "change", 1, Map.of("lecturerId", other, "reason", "换人", "override", Map.of("reason", "已同意")))
                .then()
                .statusCode(200);
    }

    @Test
    void limitsHoldHoweverManyBookAtOnce() throws Exception {
        availability(cast.lecturer(), Map.of("limits", Map.of("lecturesPerDay", 3)));
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Integer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                City.Cast other = city.cast();
                var mine = new City.Cast(cast.lecturer(), cast.topic(), other.branch(), "", other.venue());
                String clock = "%02d:%02d".formatted(6 + i % 15, 0);
                Map<String, Object> body = lecture(mine, at(DAY, clock), at(DAY, clock.replace(":00", ":50")));
                answers.add(threads.submit(() -> {
                    go.await();
                    int answer = book(body).statusCode();
                    for (int tries = 1; answer == 503 && tries < 20; tries++) {
                        answer = book(body).statusCode(); // a lock timeout on the lecturer answers with a retry
                    }
                    return answer;
                }));
            }
            go.countDown();
        }
        int booked = 0;
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isIn(201, 409);
            booked += answer.get() == 201 ? 1 : 0;
        }

        assertThat(booked).isEqualTo(3);
        assertThat(city.count("SELECT count(*) FROM booking WHERE lecturer_id = ?", cast.lecturer()))
                .isEqualTo(3);
    }
}
