package org.lectern.scheduler.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.book;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.key;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.scheduler.campaign.Drive;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.City.Cast;
import org.lectern.scheduler.support.Contract;
import org.lectern.scheduler.support.Topic;

/** Codes beside the text of a reason: chosen from a list, kept with the change, counted. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class ReasonCodeTest {

    private static final LocalDate DAY = day(41);

    @Inject
    City city;

    private static Map<String, Object> coded(String code) {
        return new HashMap<>(Map.of("reason", "台风预警", "reasonCode", code));
    }

    private static Map<String, Object> coded(String code, String member, Object value) {
        Map<String, Object> body = coded(code);
        body.put(member, value);
        return body;
    }

    @ParameterizedTest
    @CsvSource({"en, field class, weather, venue unavailable, lecturer ill", "zh-CN, 现场教学, 天气, 场地不可用, 讲师生病"})
    void choices_areNamedInTheCallersLanguage(
            String language, String fieldClass, String weather, String venue, String lecturer) {
        organizer()
                .header("Accept-Language", language)
                .get("/api/v1/choices")
                .then()
                .statusCode(200)
                .body(
                        "reasonCodes.code",
                        contains(
                                "weather",
                                "lecturer-ill",
                                "venue-unavailable",
                                "branch-request",
                                "organizational",
                                "other"))
                .body("reasonCodes.name", hasItems(weather, venue, lecturer))
                .body("formats.find { it.code == 'field-class' }.name", equalTo(fieldClass))
                .body("formats.find { it.code == 'field-class' }.setupMinutes", equalTo(30))
                .body("formats.find { it.code == 'field-class' }.remote", equalTo(false))
                .body("formats.find { it.code == 'broadcast' }.remote", equalTo(true));
    }

    @Test
    void code_isInHistoryAuditEventAndFilters() {
        Cast cast = city.cast();
        String booking = book(cast, DAY, 9);
        String path = "/api/v1/bookings/" + booking;
        change(path + "/change", 1, coded("lecturer-ill", "start", at(DAY, 14, 0)))
                .then()
                .statusCode(200);
        organizer()
                .header("Idempotency-Key", key())
                .header("If-Match", "\"2\"")
                .body(coded("organizational", "format", "panel"))
                .patch(path)
                .then()
                .statusCode(200)
                .body("reasonCode", equalTo("organizational"));
        organizer()
                .header("Idempotency-Key", key())
                .header("If-Match", "\"3\"")
                .body(Map.of("expectedHeadCount", 12))
                .patch(path)
                .then()
                .statusCode(200)
                .body("reasonCode", equalTo(null));
        change(path + "/cancel", 4, coded("weather")).then().statusCode(200);

        organizer()
                .get(path + "/history")
                .then()
                .body(
                        "items.reasonCode",
                        equalTo(Arrays.asList(null, "lecturer-ill", "organizational", null, "weather")));
        organizer()
                .queryParam("subject", booking)
                .queryParam("reasonCode", "lecturer-ill")
                .get("/api/v1/audit")
                .then()
                .statusCode(200)
                .body("items.version", contains(2), "items.reasonCode", contains("lecturer-ill"));
        assertThat(listed("branchId", cast.branch(), "weather")).containsExactly(booking);
        assertThat(listed("branchId", cast.branch(), "lecturer-ill")).isEmpty();
        String csv = organizer()
                .queryParam("branchId", cast.branch())
                .queryParam("reasonCode", "other")
                .get("/api/v1/bookings/export.csv")
                .asString();
        assertThat(csv.lines()).hasSize(1);
        var events = Topic.read("lectern.bookings", Set.of(booking), 5);
        assertThat(events.get(1).value()).contains("\"reasonCode\":\"lecturer-ill\"");
        assertThat(events.get(3).value()).doesNotContain("reasonCode");
        assertThat(events.get(4).value()).contains("\"reasonCode\":\"weather\"");
        Contract.validate("lectern.booking.cancelled.v1", events.get(4).value());
    }

    private static List<String> listed(String filter, Object value, String code) {
        return organizer()
                .queryParam(filter, value)
                .queryParam("reasonCode", code)
                .get("/api/v1/bookings")
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }

    @Test
    void unknownCode_isRefusedWithTheList() {
        String booking = book(city.cast(), DAY, 9);

        change("/api/v1/bookings/" + booking + "/cancel", 1, coded("rain"))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/reasonCode"))
                .body("errors[0].detail", containsString("weather, lecturer-ill"));
        organizer().get("/api/v1/bookings/" + booking).then().body("status", equalTo("CONFIRMED"));
    }

    @Test
    void unknownCode_isRefusedWhereverOneIsGiven() {
        UUID any = UUID.randomUUID();
        Map<String, Map<String, Object>> bodies = Map.of(
                "/api/v1/bookings/bulk",
                coded("rain", "previewToken", any),
                "/api/v1/branches/" + any + "/transfer",
                coded("rain", "toBranchId", any),
                "/api/v1/series/" + any + "/cancel",
                coded("rain", "fromOccurrence", any),
                "/api/v1/requests/" + any + "/refuse",
                coded("rain"),
                "/api/v1/requests/" + any + "/offer/decline",
                coded("rain"),
                "/api/v1/requests/" + any + "/withdraw",
                coded("rain"),
                "/api/v1/bookings/renotify",
                coded("rain"),
                "/api/v1/bookings/" + any + "/change",
                coded("rain", "branchId", any),
                "/api/v1/bookings/" + any + "/release",
                coded("rain"));
        bodies.forEach((path, body) -> change(path, 1, body)
                .then()
                .statusCode(400)
                .body("errors.find { it.pointer == '/reasonCode' }.detail", containsString("venue-unavailable")));
        for (String list : List.of("bookings", "requests", "audit")) {
            organizer()
                    .header("Accept-Language", "zh-CN")
                    .queryParam("reasonCode", "rain")
                    .get("/api/v1/" + list)
                    .then()
                    .statusCode(400)
                    .body("errors[0].pointer", equalTo("?reasonCode"))
                    .body("errors[0].detail", containsString("须为以下之一：weather"));
        }
    }

    @Test
    void bulkChange_givesEveryBookingItsCode() {
        Cast cast = city.cast();
        List<String> bookings = List.of(book(cast, DAY, 9), book(cast, DAY, 14));
        String token = organizer()
                .body(Map.of("selection", Map.of("bookingIds", bookings), "action", Map.of("type", "cancel")))
                .post("/api/v1/bookings/bulk/preview")
                .then()
                .statusCode(200)
                .extract()
                .path("previewToken");

        post("/api/v1/bookings/bulk", coded("weather", "previewToken", token))
                .then()
                .statusCode(200)
                .body("changed.reasonCode", contains("weather", "weather"));

        assertThat(listed("lecturerId", cast.lecturer(), "weather")).containsExactlyElementsOf(bookings);
    }

    @Test
    void transfer_keepsReasonAndCodeInEveryHistory() {
        Cast cast = city.cast();
        UUID host = city.branch(null, "Asia/Shanghai", false);
        UUID to = city.branch(null, "Asia/Shanghai", false);
        Cast hosted = new Cast(cast.lecturer(), cast.topic(), host, "", cast.venue());
        String booking = book(hosted, DAY, 9);
        change("/api/v1/bookings/" + booking + "/guests", 1, Map.of("branchId", cast.branch()))
                .then()
                .statusCode(200);

        post("/api/v1/branches/" + cast.branch() + "/transfer", coded("organizational", "toBranchId", to))
                .then()
                .statusCode(200);

        organizer()
                .get("/api/v1/bookings/" + booking + "/history")
                .then()
                .body("items[2].action", equalTo("GUEST_REPLACED"))
                .body("items[2].reason", equalTo("台风预警"), "items[2].reasonCode", equalTo("organizational"));
    }

    @Test
    void refusedRequest_isFoundByItsCode() {
        Cast cast = city.cast();
        String request = post(
                        "/api/v1/requests",
                        Map.of(
                                "topicId", cast.topic(),
                                "branchId", cast.branch(),
                                "windows", List.of(Map.of("from", at(DAY, 8, 0), "until", at(DAY, 18, 0)))))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        change("/api/v1/requests/" + request + "/refuse", 1, coded("organizational"))
                .then()
                .statusCode(200)
                .body("reasonCode", equalTo("organizational"));

        organizer()
                .queryParam("branchId", cast.branch())
                .queryParam("reasonCode", "organizational")
                .get("/api/v1/requests")
                .then()
                .body("items.id", contains(request));
        assertThat(Topic.read("lectern.requests", Set.of(request), 2).get(1).value())
                .contains("\"reasonCode\":\"organizational\"");
    }

    @Test
    void declinedOffer_isFoundByItsCode() {
        Cast cast = city.cast();
        String request = post(
                        "/api/v1/requests",
                        Map.of(
                                "topicId", cast.topic(),
                                "branchId", cast.branch(),
                                "windows", List.of(Map.of("from", at(DAY, 8, 0), "until", at(DAY, 18, 0)))))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String path = "/api/v1/requests/" + request;
        change(
                        path + "/offer",
                        1,
                        Map.of("lecturerId", cast.lecturer(), "venueId", cast.venue(), "start", at(DAY, 9, 0)))
                .then()
                .statusCode(200);

        change(path + "/offer/decline", 2, coded("branch-request"))
                .then()
                .statusCode(200)
                .body("status", equalTo("WAITING"), "reasonCode", equalTo("branch-request"));
        organizer()
                .queryParam("branchId", cast.branch())
                .queryParam("reasonCode", "branch-request")
                .get("/api/v1/requests")
                .then()
                .body("items.id", contains(request));
    }

    @Test
    void campaignReport_countsByCode() {
        Drive drive = new Drive(city, 1, 2);
        drive.active(drive.body());
        UUID lecturer = city.lecturer(drive.topics.getFirst());
        for (int i = 0; i < 2; i++) {
            String booking = drive.book(lecturer, drive.topics.getFirst(), drive.villages.get(i), 3, 9 + 2 * i);
            change("/api/v1/bookings/" + booking + "/cancel", 1, coded("weather"))
                    .then()
                    .statusCode(200);
        }

        assertThat(organizer()
                        .accept(ContentType.HTML)
                        .get("/api/v1/campaigns/" + drive.id + "/coverage/report")
                        .asString())
                .contains("<tr><td>weather</td><td class=\"n\">2</td><td class=\"n\">0</td></tr>");
    }
}
