package org.lectern.scheduler.booking.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.book;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.key;
import static org.lectern.scheduler.support.Lectures.lecture;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Lectures.with;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.City.Cast;
import org.lectern.scheduler.support.Contract;
import org.lectern.scheduler.support.Topic;

/** Many bookings change at once: first a preview, then all or none, judged by the final state. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class BulkTest {

    private static final String BULK = "/api/v1/bookings/bulk";
    private static final Map<String, Object> CANCEL = Map.of("type", "cancel");

    @Inject
    City city;

    private static Map<String, Object> choice(String booking, Map<String, Object> action) {
        return Map.of("bookingId", booking, "action", action);
    }

    private static Map<String, Object> to(LocalDate day, int hour) {
        return Map.of("type", "change", "start", at(day, hour, 0));
    }

    private static Map<String, Object> selection(List<String> ids, Map<String, Object> action, Object... choices) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("selection", Map.of("bookingIds", ids));
        body.put("action", action);
        body.put("choices", List.of(choices));
        return body;
    }

    private static Map<String, Object> ofLecturer(Cast cast, int from, int to, Map<String, Object> action) {
        return Map.of(
                "selection",
                Map.of("lecturerId", cast.lecturer(), "from", at(day(from), 0, 0), "to", at(day(to), 0, 0)),
                "action",
                action);
    }

    private static JsonPath preview(Map<String, Object> body) {
        return organizer()
                .body(body)
                .post(BULK + "/preview")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Response apply(JsonPath preview) {
        return post(BULK, Map.of("previewToken", preview.getString("previewToken"), "reason", "讲师因病请假"));
    }

    private static JsonPath read(String id) {
        return organizer()
                .get("/api/v1/bookings/{id}", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private Cast elsewhere(Cast cast) {
        UUID branch = city.branch(null, "Asia/Shanghai", false);
        return new Cast(cast.lecturer(), cast.topic(), branch, "B-" + branch, city.venue());
    }

    private static Cast by(UUID lecturer, Cast cast) {
        return new Cast(lecturer, cast.topic(), cast.branch(), cast.branchCode(), cast.venue());
    }

    @Test
    void fortyBookingsMoveInOneCallWithOneEventEach() {
        Cast cast = city.cast();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ids.add(book(elsewhere(cast), day(120 + i / 8), 9 + i % 8));
        }

        JsonPath preview = preview(ofLecturer(cast, 120, 125, Map.of("type", "shift", "days", 1, "minutes", 30)));
        JsonPath result = apply(preview).then().statusCode(200).extract().jsonPath();

        assertThat(preview.getBoolean("possible")).isTrue();
        assertThat(preview.getInt("bookings")).isEqualTo(40);
        assertThat(preview.getList("branches")).hasSize(40);
        assertThat(result.<String>getList("changed.id")).isEqualTo(ids);
        assertThat(result.<Integer>getList("changed.version")).containsOnly(2);
        assertThat(result.getString("changed[0].start")).isEqualTo(at(day(121), 9, 30));
        var events = Topic.read("lectern.bookings", new LinkedHashSet<>(ids), 80);
        Map<String, List<String>> byBooking = new HashMap<>();
        events.forEach(event -> byBooking
                .computeIfAbsent(event.key(), id -> new ArrayList<>())
                .add(Topic.header(event, "ce_type") + " " + Topic.header(event, "ce_sequence")));
        assertThat(byBooking.values())
                .hasSize(40)
                .allSatisfy(each -> assertThat(each)
                        .containsExactly("lectern.booking.confirmed.v1 1", "lectern.booking.changed.v1 2"));
        events.stream()
                .filter(event -> Topic.header(event, "ce_sequence").equals("2"))
                .forEach(event -> Contract.validate("lectern.booking.changed.v1", event.value()));
        // the events in the database have the order of the bookings
        assertThat(city.count(
                        "SELECT count(*) FROM (SELECT lag(o.id) OVER (ORDER BY b.starts_at) < o.id AS ordered FROM outbox o"
                                + " JOIN booking b ON b.id = o.aggregate_id WHERE o.version = 2 AND b.lecturer_id = ?) x"
                                + " WHERE NOT ordered",
                        cast.lecturer()))
                .isZero();
    }

    @Test
    void twoBookingsExchangeTheirLecturers() {
        Cast one = city.cast();
        Cast two = by(city.lecturer(one.topic()), elsewhere(one));
        String first = book(one, day(60), 9);
        String second = book(two, day(60), 9);

        JsonPath preview = preview(selection(
                List.of(first, second),
                CANCEL,
                choice(first, Map.of("type", "reassign", "lecturerId", two.lecturer())),
                choice(second, Map.of("type", "reassign", "lecturerId", one.lecturer()))));
        assertThat(preview.<String>getList("items.change.outcome")).containsOnly("CHANGES");
        apply(preview).then().statusCode(200).body("changed", hasSize(2));

        assertThat(read(first).getString("lecturer.id"))
                .isEqualTo(two.lecturer().toString());
        assertThat(read(second).getString("lecturer.id"))
                .isEqualTo(one.lecturer().toString());
    }

    @Test
    void threeBookingsOfOneLecturerRotate() {
        Cast cast = city.cast();
        List<String> ids = List.of(book(cast, day(61), 9), book(cast, day(61), 10), book(cast, day(61), 11));

        JsonPath preview = preview(selection(
                ids,
                CANCEL,
                choice(ids.get(0), to(day(61), 10)),
                choice(ids.get(1), to(day(61), 11)),
                choice(ids.get(2), to(day(61), 9))));
        apply(preview).then().statusCode(200).body("changed", hasSize(3));

        assertThat(read(ids.get(2)).getString("start")).isEqualTo(at(day(61), 9, 0));
        assertThat(read(ids.get(0)).getString("start")).isEqualTo(at(day(61), 10, 0));
    }

    @Test
    void aChainIsShiftedOntoItself() {
        Cast cast = city.cast();
        List<String> ids = List.of(book(cast, day(62), 9), book(cast, day(62), 10), book(cast, day(62), 11));

        for (int minutes : new int[] {30, -60}) {
            apply(preview(selection(ids, Map.of("type", "shift", "minutes", minutes))))
                    .then()
                    .statusCode(200)
                    .body("changed", hasSize(3));
        }

        assertThat(read(ids.getFirst()).getString("start")).isEqualTo(at(day(62), 8, 30));
        assertThat(read(ids.getFirst()).getInt("version")).isEqualTo(3);
    }

    @Test
    void travelIsJudgedByTheOutcomeToo() {
        // the two places are more than an hour apart, and the lectures follow each other after half an hour
        Cast cast = city.cast();
        Cast here =
                new Cast(cast.lecturer(), cast.topic(), cast.branch(), cast.branchCode(), city.venueAt(30.2, 120.1));
        Cast there = new Cast(
                city.lecturer(cast.topic()),
                cast.topic(),
                city.branch(null, "Asia/Shanghai", false),
                "",
                city.venueAt(31, 121));
        String hereFirst = book(here, day(63), 9);
        String hereThen = post("/api/v1/bookings", lecture(here, at(day(63), 10, 30), at(day(63), 11, 30)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String thereFirst = book(there, day(63), 9);
        String thereThen = post("/api/v1/bookings", lecture(there, at(day(63), 10, 30), at(day(63), 11, 30)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Map<String, Object> toThere = Map.of("type", "reassign", "lecturerId", there.lecturer());
        Map<String, Object> toHere = Map.of("type", "reassign", "lecturerId", here.lecturer());

        // half an exchange would require travel that takes too long
        JsonPath half = preview(selection(
                List.of(hereFirst, thereFirst), CANCEL, choice(hereFirst, toThere), choice(thereFirst, toHere)));
        assertThat(half.getBoolean("possible")).isFalse();
        assertThat(half.<String>getList("items.change.outcome")).containsOnly("RULES");
        apply(half)
                .then()
                .statusCode(409)
                .body("code", equalTo("changes-refused"), "overridable", equalTo(true))
                .body("refused.rules", everyItem(contains("lecturer-travel")));

        // the whole exchange is valid, although no single step would be
        JsonPath whole = preview(selection(
                List.of(hereFirst, thereFirst, hereThen, thereThen),
                CANCEL,
                choice(hereFirst, toThere),
                choice(thereFirst, toHere),
                choice(hereThen, toThere),
                choice(thereThen, toHere)));
        assertThat(whole.getBoolean("possible")).isTrue();
        apply(whole).then().statusCode(200).body("changed", hasSize(4));

        // a rule can be overridden, with a reason that the history keeps
        Map<String, Object> overridden = new HashMap<>(selection(List.of(hereFirst), toHere));
        overridden.put("override", Map.of("reason", "专车接送"));
        change("/api/v1/bookings/" + thereFirst + "/cancel", 2, Map.of("reason", "让路"))
                .then()
                .statusCode(200);
        apply(preview(overridden)).then().statusCode(200);
        organizer()
                .get("/api/v1/bookings/{id}/history", hereFirst)
                .then()
                .body("items[2].overrideReason", equalTo("专车接送"), "items[2].overridden", contains("lecturer-travel"));
    }

    @Test
    void bulkChange_reassignsSomeAndCancelsTheRest() {
        Cast ill = city.cast();
        UUID substitute = city.lecturer(ill.topic());
        UUID busy = city.lecturer(ill.topic());
        String first = book(ill, day(64), 9);
        String second = book(elsewhere(ill), day(64), 14);
        String third = book(elsewhere(ill), day(65), 9);
        book(by(busy, elsewhere(ill)), day(64), 9);

        JsonPath preview = preview(ofLecturer(ill, 64, 66, CANCEL));
        assertThat(preview.getInt("bookings")).isEqualTo(3);
        assertThat(preview.<String>getList("items[0].freeLecturers.id"))
                .contains(substitute.toString())
                .doesNotContain(busy.toString(), ill.lecturer().toString());
        assertThat(preview.<String>getList("items[1].freeLecturers.id")).contains(busy.toString());

        Map<String, Object> request = new HashMap<>();
        request.put("previewToken", preview.getString("previewToken"));
        request.put("reason", "讲师因病请假");
        request.put(
                "choices",
                List.of(
                        choice(first, Map.of("type", "reassign", "lecturerId", substitute)),
                        choice(third, Map.of("type", "leave"))));
        post(BULK, request)
                .then()
                .statusCode(200)
                .body("changed.id", contains(first, second), "changed.status", contains("CONFIRMED", "CANCELLED"))
                .body("changed.reason", everyItem(equalTo("讲师因病请假")), "unchanged", contains(third));
        assertThat(read(third).getInt("version")).isEqualTo(1);
    }

    @Test
    void conflicts_areNamedAndNothingIsChanged() {
        Cast cast = city.cast();
        Cast other = city.cast();
        String free = book(cast, day(66), 9);
        String blocked = book(new Cast(cast.lecturer(), cast.topic(), other.branch(), "", city.venue()), day(66), 11);
        String neighbour = book(other, day(67), 11);

        JsonPath preview =
                preview(selection(List.of(free, blocked), Map.of("type", "move-to-day", "day", day(67).toString())));
        assertThat(preview.getBoolean("possible")).isFalse();
        assertThat(preview.<String>getList("items.change.outcome")).containsExactly("CHANGES", "CONFLICT");
        assertThat(preview.getString("items[1].change.conflicts[0].bookingId")).isEqualTo(neighbour);
        assertThat(preview.getString("items[1].change.conflicts[0].resource")).isEqualTo("branch");
        apply(preview)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("changes-refused"), "refused.bookingId", contains(blocked))
                .body("refused[0].conflicts.bookingId", contains(neighbour), "overridable", equalTo(false))
                .body("errors.pointer", contains("/previewToken"))
                .body(
                        "errors[0].detail",
                        matchesPattern(".* from \\d+ [A-Z][a-z]+ \\d{4}, 11:00 \\(UTC\\+08:00\\) to .*"));
        assertThat(read(free).getInt("version")).isEqualTo(1);

        Map<String, Object> instead = preview.getMap("items[1].alternatives[0].action");
        assertThat(instead).containsEntry("type", "change").containsKeys("start", "end", "lecturerId");
        // the preview is still valid: the caller changes the choice for one booking
        Map<String, Object> request = new HashMap<>();
        request.put("previewToken", preview.getString("previewToken"));
        request.put("reason", "改期");
        request.put("choices", List.of(choice(blocked, to(day(67), 14))));
        post(BULK, request).then().statusCode(200).body("changed", hasSize(2));
    }

    @Test
    void bookingsThatEndUpOnEachOtherAreRefused() {
        Cast cast = city.cast();
        String first = book(cast, day(68), 9);
        String second = book(cast, day(69), 9);

        JsonPath preview =
                preview(selection(List.of(first, second), Map.of("type", "move-to-day", "day", day(70).toString())));

        assertThat(preview.<String>getList("items.change.outcome")).containsExactly("CONFLICT", "CONFLICT");
        apply(preview).then().statusCode(409).body("refused.bookingId", containsInAnyOrder(first, second));
        assertThat(read(first).getInt("version")).isEqualTo(1);
    }

    @Test
    void aBookingThatChangedSinceMakesThePreviewStale() {
        Cast cast = city.cast();
        String first = book(cast, day(71), 9);
        String second = book(cast, day(71), 11);
        JsonPath preview = preview(ofLecturer(cast, 71, 72, CANCEL));
        change("/api/v1/bookings/" + second + "/change", 1, Map.of("start", at(day(71), 15, 0), "reason", "改期"))
                .then()
                .statusCode(200);

        apply(preview)
                .then()
                .statusCode(409)
                .body("code", equalTo("preview-stale"), "changed.bookingId", contains(second))
                .body("changed[0].expectedVersion", equalTo(1), "changed[0].currentVersion", equalTo(2))
                .body("added", empty());
        assertThat(read(first).getString("status")).isEqualTo("CONFIRMED");
    }

    @Test
    void aBookingThatCameSinceMakesThePreviewStale() {
        Cast cast = city.cast();
        book(cast, day(72), 9);
        JsonPath preview = preview(ofLecturer(cast, 72, 73, CANCEL));
        String late = book(cast, day(72), 15);

        apply(preview)
                .then()
                .statusCode(409)
                .body("code", equalTo("preview-stale"), "added", contains(late), "changed", empty());
        assertThat(read(late).getString("status")).isEqualTo("CONFIRMED");
    }

    @Test
    void aPreviewIsAppliedOnceAndARepeatGetsTheSameAnswer() {
        String id = book(city.cast(), day(73), 9);
        JsonPath preview = preview(selection(List.of(id), CANCEL));
        String key = key();
        Map<String, Object> body = Map.of("previewToken", preview.getString("previewToken"), "reason", "台风预警");

        String first = organizer()
                .header("Idempotency-Key", key)
                .body(body)
                .post(BULK)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        organizer()
                .header("Idempotency-Key", key)
                .body(body)
                .post(BULK)
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", "true")
                .body(equalTo(first));
        apply(preview).then().statusCode(409).body("code", equalTo("preview-gone"));
        organizer()
                .header("Idempotency-Key", key())
                .header("Accept-Language", "zh-CN")
                .body(with(body, "previewToken", UUID.randomUUID()))
                .post(BULK)
                .then()
                .statusCode(409)
                .body("title", equalTo("预览不可用"));
        organizer().body(body).post(BULK).then().statusCode(400).body("code", equalTo("idempotency-key-missing"));
        assertThat(read(id).getInt("version")).isEqualTo(2);
    }

    @Test
    void expiredOrForeignPreview_isGone() {
        String id = book(city.cast(), day(74), 9);
        JsonPath late = preview(selection(List.of(id), CANCEL));
        city.run(
                "UPDATE bulk_preview SET expires_at = now() - interval '1 second' WHERE token = ?",
                UUID.fromString(late.getString("previewToken")));
        apply(late).then().statusCode(409).body("code", equalTo("preview-gone"));

        JsonPath others = preview(selection(List.of(id), CANCEL));
        city.run(
                "UPDATE bulk_preview SET principal = 'another-person' WHERE token = ?",
                UUID.fromString(others.getString("previewToken")));
        apply(others).then().statusCode(409).body("code", equalTo("preview-gone"));
        assertThat(read(id).getInt("version")).isEqualTo(1);
    }

    @Test
    void unchangedBooking_getsNoVersion() {
        Cast cast = city.cast();
        String first = book(cast, day(75), 9);
        String second = book(cast, day(76), 11);

        JsonPath preview =
                preview(selection(List.of(first, second), Map.of("type", "move-to-day", "day", day(76).toString())));
        assertThat(preview.<String>getList("items.change.outcome")).containsExactly("CHANGES", "UNCHANGED");
        assertThat(preview.getInt("changing")).isEqualTo(1);
        apply(preview).then().statusCode(200).body("changed.id", contains(first), "unchanged", contains(second));

        assertThat(read(second).getInt("version")).isEqualTo(1);
    }

    @Test
    void holds_areChangedWithoutNotices() {
        Cast cast = city.cast();
        Map<String, Object> hold = with(lecture(cast, at(day(77), 9, 0), at(day(77), 10, 0)), "hold", Map.of());
        String id =
                post("/api/v1/bookings", hold).then().statusCode(201).extract().path("id");

        apply(preview(selection(List.of(id), Map.of("type", "shift", "days", 1))))
                .then()
                .statusCode(200);
        apply(preview(selection(List.of(id), CANCEL)))
                .then()
                .statusCode(200)
                .body("changed[0].status", equalTo("RELEASED"));

        assertThat(Topic.read("lectern.bookings", id, 3))
                .extracting(event -> Topic.header(event, "ce_type"))
                .containsExactly("lectern.booking.held.v1", "lectern.booking.held.v1", "lectern.booking.released.v1");
    }

    @Test
    void anExpiredHoldMakesWay() {
        Cast cast = city.cast();
        String id = book(cast, day(78), 9);
        Map<String, Object> hold = with(lecture(cast, at(day(79), 9, 0), at(day(79), 10, 0)), "hold", Map.of());
        String held =
                post("/api/v1/bookings", hold).then().statusCode(201).extract().path("id");
        city.run(
                "UPDATE booking SET hold_expires_at = now() - interval '1 second' WHERE id = ?", UUID.fromString(held));

        apply(preview(selection(List.of(id), Map.of("type", "shift", "days", 1))))
                .then()
                .statusCode(200);

        assertThat(read(held).getString("status")).isEqualTo("EXPIRED");
    }

    @Test
    void violations_areReportedByField() {
        Cast cast = city.cast();
        String id = book(cast, day(80), 9);
        String gone = book(cast, day(80), 11);
        change("/api/v1/bookings/" + gone + "/cancel", 1, Map.of("reason", "台风预警"))
                .then()
                .statusCode(200);
        List<String> ids = List.of(id);

        refused(Map.of("selection", Map.of(), "action", CANCEL), "/selection");
        refused(Map.of("selection", Map.of("lecturerId", cast.lecturer()), "action", CANCEL), "/selection/from");
        refused(
                Map.of("selection", Map.of("bookingIds", ids, "lecturerId", cast.lecturer()), "action", CANCEL),
                "/selection");
        refused(ofLecturer(cast, 81, 80, CANCEL), "/selection/to");
        refused(ofLecturer(cast, 90, 91, CANCEL), "/selection");
        refused(selection(List.of(UUID.randomUUID().toString()), CANCEL), "/selection/bookingIds/0");
        refused(selection(List.of(id, id), CANCEL), "/selection/bookingIds/1");
        refused(selection(List.of(gone), CANCEL), "/selection/bookingIds/0");
        refused(selection(ids, to(day(80), 10)), "/action");
        refused(selection(ids, Map.of("type", "shift")), "/action");
        refused(selection(ids, Map.of("type", "reassign")), "/action");
        refused(selection(ids, Map.of("type", "explode")), "/action");
        refused(selection(ids, Map.of("type", "cancel", "more", 1)), "/action/more");
        refused(selection(ids, Map.of("type", "shift", "days", 400)), "/action/days");
        refused(selection(ids, CANCEL, choice(gone, CANCEL)), "/choices/0/bookingId");
        refused(selection(ids, CANCEL, choice(id, CANCEL), choice(id, CANCEL)), "/choices/1/bookingId");
        refused(selection(ids, CANCEL, choice(id, Map.of("type", "shift"))), "/choices/0/action");
    }

    private static void refused(Map<String, Object> body, String pointer) {
        organizer()
                .body(body)
                .post(BULK + "/preview")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"), "errors.pointer", hasItem(pointer));
    }

    @Test
    void impossibleChanges_areReportedPerBooking() {
        Cast cast = city.cast();
        UUID stranger = city.lecturer();
        String id = book(cast, day(80), 14);

        JsonPath preview = preview(selection(List.of(id), Map.of("type", "reassign", "lecturerId", stranger)));

        assertThat(preview.<String>getList("items.change.outcome")).containsExactly("IMPOSSIBLE");
        assertThat(preview.getString("items[0].change.violations[0].code")).isEqualTo("lecturer.not-on-topic");
        apply(preview)
                .then()
                .statusCode(409)
                .body("code", equalTo("changes-refused"), "refused.bookingId", contains(id));
    }

    @Test
    void moreThanTheLimitIsRefused() {
        Cast cast = city.cast();
        city.run(
                "INSERT INTO booking (id, version, status, lecturer_id, topic_id, branch_id, venue_id, format, starts_at, ends_at,"
                        + " zone, occupied_from, occupied_until, branch_exclusive, created_at, created_by, updated_at)"
                        + " SELECT uuidv7(), 1, 'CONFIRMED', ?, ?, ?, ?, 'lecture', s, s + interval '10 minutes', 'UTC', s,"
                        + " s + interval '10 minutes', true, now(), 'test', now()"
                        + " FROM generate_series(date_trunc('day', now()) + interval '200 days',"
                        + " date_trunc('day', now()) + interval '200 days 200 hours', interval '1 hour') s",
                cast.lecturer(),
                cast.topic(),
                cast.branch(),
                cast.venue());

        refused(ofLecturer(cast, 199, 230, CANCEL), "/selection");
    }

    @Test
    void againstConcurrentSingleBookingsItIsAllOrNothing() throws Exception {
        Cast cast = city.cast();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ids.add(book(cast, day(100), 8 + i));
        }
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Integer>> singles = new ArrayList<>();
        List<Future<Integer>> bulks = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                // two moves to each day: the second finds a stale preview or an occupied day
                JsonPath preview = preview(selection(
                        ids,
                        Map.of("type", "move-to-day", "day", day(101 + i % 2).toString())));
                bulks.add(threads.submit(() -> {
                    go.await();
                    return apply(preview).statusCode();
                }));
            }
            for (int i = 0; i < 24; i++) {
                int hour = 8 + i % 8;
                LocalDate day = day(101 + i % 2);
                Cast here = i % 3 == 0 ? elsewhere(cast) : cast;
                singles.add(threads.submit(() -> {
                    go.await();
                    return post("/api/v1/bookings", lecture(here, at(day, hour, 0), at(day, hour + 1, 0)))
                            .statusCode();
                }));
                String id = ids.get(i % 8);
                singles.add(threads.submit(() -> {
                    go.await();
                    return change("/api/v1/bookings/" + id + "/cancel", 1, Map.of("reason", "x"))
                            .statusCode();
                }));
            }
            go.countDown();
        }

        for (Future<Integer> answer : singles) {
            assertThat(answer.get()).isIn(200, 201, 409, 412, 503);
        }
        int applied = 0;
        for (Future<Integer> answer : bulks) {
            assertThat(answer.get()).isIn(200, 409, 503);
            applied += answer.get() == 200 ? 1 : 0;
        }
        assertThat(applied).isLessThanOrEqualTo(1);
        long moved = city.count(
                "SELECT count(*) FROM audit_entry h JOIN booking b ON cast(b.id AS text) = h.subject"
                        + " WHERE b.lecturer_id = ? AND h.action = 'CHANGED'",
                cast.lecturer());
        assertThat(moved).isEqualTo(applied * 8L);
        assertThat(city.count(
                        "SELECT count(*) FROM booking a JOIN booking b ON a.id < b.id AND a.lecturer_id = b.lecturer_id"
                                + " AND tstzrange(a.occupied_from, a.occupied_until) && tstzrange(b.occupied_from, b.occupied_until)"
                                + " WHERE a.lecturer_id = ? AND a.status = 'CONFIRMED' AND b.status = 'CONFIRMED'",
                        cast.lecturer()))
                .isZero();
    }

    @Test
    void crossingSets_neverDeadlock() throws Exception {
        List<Cast> casts = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            casts.add(city.cast());
            ids.add(book(casts.get(i), day(110), 9));
        }
        List<Future<Integer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                List<String> some = i % 2 == 0 ? ids : ids.reversed().subList(0, 4);
                answers.add(threads.submit(() -> {
                    var shown = organizer()
                            .body(selection(some, Map.of("type", "shift", "days", 1)))
                            .post(BULK + "/preview");
                    return shown.statusCode() == 200 ? apply(shown.jsonPath()).statusCode() : shown.statusCode();
                }));
            }
        }
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isIn(200, 409);
        }
    }
}
