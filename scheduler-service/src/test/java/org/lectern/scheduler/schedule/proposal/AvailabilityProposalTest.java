package org.lectern.scheduler.schedule.proposal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.book;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.lecture;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Lectures.with;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** A lecturer changes its own availability; what touches bookings waits for an organizer. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class AvailabilityProposalTest {

    private static final String OWN = "/api/v1/lecturers/me/availability";
    private static final String PROPOSALS = "/api/v1/availability-proposals";
    private static final LocalDate DAY = day(40);

    @Inject
    City city;

    @Inject
    Proposals proposals;

    private City.Cast cast;

    @BeforeEach
    void parties() {
        cast = city.cast();
    }

    private static RequestSpecification as(City.Cast who) {
        return given().auth().oauth2(Tokens.lecturer("L-" + who.lecturer())).contentType(ContentType.JSON);
    }

    private static Map<String, Object> away(LocalDate from, LocalDate to) {
        return Map.of("blackout", Map.of("firstDay", from.toString(), "lastDay", to.toString(), "reason", "住院治疗"));
    }

    private Response change(Object body, boolean dryRun) {
        String etag = as(cast).get(OWN).then().statusCode(200).extract().header("ETag");
        return as(cast).header("If-Match", etag)
                .queryParam("dryRun", dryRun)
                .body(body)
                .post(OWN + "/changes");
    }

    private String proposed() {
        return change(away(DAY, DAY), false)
                .then()
                .statusCode(200)
                .body("effect", equalTo("PROPOSED"))
                .extract()
                .path("proposal.id");
    }

    private static Response decide(String id, String verb, int version, Object body) {
        return organizer().header("If-Match", "\"" + version + "\"").body(body).post(PROPOSALS + "/" + id + "/" + verb);
    }

    private JsonPath availability() {
        return as(cast).get(OWN).then().statusCode(200).extract().jsonPath();
    }

    @Test
    void changeWithoutBookings_takesEffectAtOnce() {
        book(cast, DAY, 9);

        change(away(DAY.plusDays(1), DAY.plusDays(2)), false)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("effect", equalTo("EFFECTIVE"), "touched.count", equalTo(0), "proposal", nullValue())
                .body(
                        "availability.blackouts.firstDay",
                        contains(DAY.plusDays(1).toString()));

        organizer()
                .get("/api/v1/lecturers/" + cast.lecturer() + "/availability")
                .then()
                .body("version", equalTo(2), "blackouts.reason", contains("住院治疗"));
        as(cast).get(PROPOSALS).then().body("items", empty());
    }

    @Test
    void preview_namesTouchedBookingsAndStoresNothing() {
        String booking = book(cast, DAY, 9);
        post("/api/v1/bookings", with(lecture(cast, at(DAY, 14, 0), at(DAY, 15, 0)), "hold", Map.of()))
                .then()
                .statusCode(201);

        change(away(DAY, DAY), true)
                .then()
                .statusCode(200)
                .body("effect", equalTo("PROPOSED"), "touched.count", equalTo(2), "proposal", nullValue())
                .body("touched.bookings.id", contains(booking), "touched.bookings[0].rules", contains("blackout"));

        assertThat(availability().getInt("version")).isEqualTo(1);
        as(cast).get(PROPOSALS).then().body("items", empty());
    }

    @Test
    void changeThatTouchesBookings_isProposedOnceAndChangesNothing() {
        book(cast, DAY, 9);

        String id = proposed();

        assertThat(proposed()).isEqualTo(id);
        assertThat(availability().getList("blackouts")).isEmpty();
        as(cast).get(PROPOSALS)
                .then()
                .body("items.id", contains(id), "items[0].state", equalTo("OPEN"), "items[0].touched", equalTo(1));
        organizer()
                .queryParam("state", "OPEN")
                .queryParam("lecturerId", cast.lecturer())
                .get(PROPOSALS)
                .then()
                .body("items.id", contains(id), "items[0].change.blackout.reason", equalTo("住院治疗"));
    }

    @Test
    void acceptedProposal_changesAvailabilityAndNamesBookings() {
        String booking = book(cast, DAY, 9);
        String id = proposed();
        change(Map.of("date", Map.of("date", DAY.plusDays(9).toString(), "windows", List.of())), false)
                .then()
                .body("effect", equalTo("EFFECTIVE"));

        organizer()
                .header("If-Match", "\"1\"")
                .queryParam("dryRun", true)
                .post(PROPOSALS + "/" + id + "/accept")
                .then()
                .statusCode(200)
                .body("consequences.bookings.id", contains(booking));
        assertThat(availability().getList("blackouts")).isEmpty();
        decide(id, "accept", 1, "")
                .then()
                .statusCode(200)
                .body("state", equalTo("ACCEPTED"), "version", equalTo(2))
                .body("consequences.bookings.id", contains(booking));

        JsonPath after = availability();
        assertThat(after.getInt("version")).isEqualTo(3);
        assertThat(after.getString("blackouts[0].firstDay")).isEqualTo(DAY.toString());
        assertThat(after.getString("exceptions[0].date"))
                .isEqualTo(DAY.plusDays(9).toString());
        organizer()
                .queryParam("nonconforming", "any")
                .queryParam("lecturerId", cast.lecturer())
                .get("/api/v1/bookings")
                .then()
                .body("items.id", contains(booking), "items[0].status", equalTo("CONFIRMED"));
    }

    @Test
    void refusedProposal_hasAReasonAndChangesNothing() {
        book(cast, DAY, 9);
        String id = proposed();

        decide(id, "refuse", 1, Map.of("reason", " "))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/reason"));
        decide(id, "refuse", 1, Map.of("reason", "无人可替")).then().statusCode(200);

        as(cast).get(PROPOSALS + "/" + id).then().body("state", equalTo("REFUSED"), "reason", equalTo("无人可替"));
        assertThat(availability().getInt("version")).isEqualTo(1);
        decide(id, "accept", 2, "")
                .then()
                .statusCode(409)
                .body("code", equalTo("proposal-not-open"), "proposalState", equalTo("REFUSED"));
    }

    @Test
    void withdrawnProposal_isNotDecided() {
        book(cast, DAY, 9);
        String id = proposed();
        String withdraw = OWN + "/proposals/" + id + "/withdraw";

        as(cast).post(withdraw).then().statusCode(428);
        as(cast).header("If-Match", "\"7\"").post(withdraw).then().statusCode(412);
        as(cast).header("If-Match", "\"1\"")
                .post(withdraw)
                .then()
                .statusCode(200)
                .body("state", equalTo("WITHDRAWN"));

        decide(id, "accept", 1, "").then().statusCode(409);
        decide(id, "refuse", 2, Map.of("reason", "x")).then().statusCode(409);
        assertThat(proposed()).isNotEqualTo(id);
    }

    @Test
    void otherLecturer_seesAndWithdrawsNothing() {
        book(cast, DAY, 9);
        String id = proposed();
        City.Cast other = city.cast();

        as(other).get(PROPOSALS).then().statusCode(200).body("items", empty());
        as(other).get(PROPOSALS + "/" + id).then().statusCode(404);
        as(other)
                .queryParam("lecturerId", cast.lecturer())
                .get(PROPOSALS)
                .then()
                .statusCode(404);
        as(other)
                .header("If-Match", "\"1\"")
                .post(OWN + "/proposals/" + id + "/withdraw")
                .then()
                .statusCode(404);
        given().auth().oauth2(Tokens.lecturer("L-unknown")).get(OWN).then().statusCode(404);
    }

    @Test
    void auditorAndAudit_haveNoTexts() {
        book(cast, DAY, 9);
        String id = proposed();
        decide(id, "refuse", 1, Map.of("reason", "无人可替")).then().statusCode(200);

        given().auth()
                .oauth2(Tokens.auditor())
                .get(PROPOSALS + "/" + id)
                .then()
                .statusCode(200)
                .body("change.blackout.firstDay", equalTo(DAY.toString()))
                .body("change.blackout.reason", nullValue(), "reason", nullValue());
        String audit = given().auth()
                .oauth2(Tokens.auditor())
                .queryParam("kind", "AVAILABILITY_PROPOSAL")
                .queryParam("subject", id)
                .get("/api/v1/audit")
                .then()
                .statusCode(200)
                .body("items.action", hasItem("PROPOSED"), "items.action", hasItem("REFUSED"))
                .extract()
                .asString();
        assertThat(audit).contains(DAY.toString()).doesNotContain("住院", "无人可替");
    }

    @Test
    void staleOrMissingVersion_isRefused() {
        as(cast).body(away(DAY, DAY)).post(OWN + "/changes").then().statusCode(428);
        as(cast).header("If-Match", "\"9\"")
                .body(away(DAY, DAY))
                .post(OWN + "/changes")
                .then()
                .statusCode(412);
    }

    @Test
    void impossibleChange_isRefusedWithItsField() {
        refused(Map.of(), "");
        refused(Map.of("blackout", away(DAY, DAY).get("blackout"), "removeDate", DAY.toString()), "");
        refused(Map.of("blackout", Map.of("firstDay", DAY.toString())), "/blackout");
        refused(away(DAY, DAY.minusDays(1)), "/blackout/lastDay");
        refused(away(day(-9), day(-8)), "/blackout/lastDay");
        refused(Map.of("date", Map.of("date", day(-3).toString(), "windows", List.of())), "/date/date");
        refused(
                Map.of(
                        "date",
                        Map.of("date", DAY.toString(), "windows", List.of(Map.of("from", "10:00", "until", "09:00")))),
                "/date/windows/0/until");
        refused(
                Map.of("weekly", List.of(Map.of("day", "MONDAY", "from", "10:00", "until", "10:00"))),
                "/weekly/0/until");
        refused(Map.of("removeDate", DAY.toString()), "/removeDate");
        refused(
                Map.of("removeBlackout", Map.of("firstDay", DAY.toString(), "lastDay", DAY.toString())),
                "/removeBlackout");
    }

    private void refused(Object body, String pointer) {
        for (boolean dryRun : new boolean[] {true, false}) {
            change(body, dryRun).then().statusCode(400).body("errors[0].pointer", equalTo(pointer));
        }
    }

    @Test
    void weeklyWindowsAndRemovals_takeEffect() {
        change(away(DAY, DAY), false).then().statusCode(200);
        change(Map.of("weekly", List.of(Map.of("day", "MONDAY", "from", "09:00", "until", "12:00"))), false)
                .then()
                .body("availability.weekly.day", contains("MONDAY"))
                .body("availability.blackouts", hasSize(1));
        change(Map.of("removeBlackout", Map.of("firstDay", DAY.toString(), "lastDay", DAY.toString())), false)
                .then()
                .statusCode(200)
                .body("availability.blackouts", empty(), "availability.weekly", hasSize(1));
    }

    @Test
    void concurrentDecisions_haveOneEffect() {
        book(cast, DAY, 9);
        String id = proposed();

        List<CompletableFuture<Integer>> answers = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> (i % 2 == 0
                                ? decide(id, "accept", 1, "")
                                : decide(id, "refuse", 1, Map.of("reason", "无人可替")))
                        .statusCode()))
                .toList();

        assertThat(answers.stream().map(CompletableFuture::join))
                .containsOnlyOnce(200)
                .containsOnly(200, 409);
        boolean accepted = "ACCEPTED"
                .equals(as(cast).get(PROPOSALS + "/" + id).then().extract().path("state"));
        assertThat(availability().getList("blackouts")).hasSize(accepted ? 1 : 0);
    }

    @Test
    void bookingDuringChange_neverStaysUnnoticed() {
        var changes = CompletableFuture.supplyAsync(
                () -> change(away(DAY, DAY), false).then().extract().<String>path("effect"));
        int booked = post("/api/v1/bookings", lecture(cast, at(DAY, 9, 0), at(DAY, 10, 0)))
                .statusCode();
        String effect = changes.join();

        // either the booking came first and the change waits for a decision, or the change refused the booking
        assertThat(effect.equals("PROPOSED") ? booked == 201 : booked != 201).isTrue();
    }

    @Test
    void tooManyOpenProposals_areRefused() {
        for (int i = 0; i < 20; i++) {
            proposals(i);
        }
        book(cast, DAY, 9);

        change(away(DAY, DAY), false).then().statusCode(409).body("code", equalTo("too-many-proposals-open"));
    }

    @Test
    void decidedProposal_isRemovedAfterItsTime() {
        UUID old = proposals(1);
        UUID open = proposals(2);
        city.run(
                "UPDATE availability_proposal SET state = 'WITHDRAWN', updated_at = now() - interval '366 days' WHERE id = ?",
                old);
        city.run("UPDATE availability_proposal SET updated_at = now() - interval '366 days' WHERE id = ?", open);

        proposals.removeOld();

        as(cast).get(PROPOSALS)
                .then()
                .body("items.id", contains(open.toString()), "items.id", not(hasItem(old.toString())));
    }

    private UUID proposals(int days) {
        UUID id = UUID.randomUUID();
        city.run("""
                INSERT INTO availability_proposal (id, lecturer_id, version, state, change, touched, proposed_at, updated_at)
                VALUES (?, ?, 1, 'OPEN', jsonb_build_object('removeDate', cast(? AS text)), 1, now(), now())""", id, cast.lecturer(), DAY.plusDays(days).toString());
        return id;
    }
}
