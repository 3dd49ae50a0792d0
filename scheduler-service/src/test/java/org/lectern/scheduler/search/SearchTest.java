package org.lectern.scheduler.search;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.lectern.scheduler.support.Lectures.book;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Registries.body;
import static org.lectern.scheduler.support.Registries.create;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** One search finds everything by code, name, pinyin and initials, within the caller's scope. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class SearchTest {

    @Inject
    City city;

    private static ValidatableResponse search(String q, String... more) {
        var request = organizer().queryParam("q", q);
        for (int i = 0; i < more.length; i += 2) {
            request = request.queryParam(more[i], more[i + 1]);
        }
        return request.get("/api/v1/search").then();
    }

    private static String enter(String registry, String field, String value) {
        Map<String, Object> body = body(registry);
        body.put(field, value);
        return create(registry, body);
    }

    @Test
    void chineseNames_areFoundByCharactersPinyinAndInitials() {
        String branch = enter("branches", "name", "鹧鸪岭社区");

        for (String q : List.of("鹧鸪", "鹧鸪岭社区", "zhegulingshequ", "ZHEGU", "zglsq", "zgls")) {
            search(q, "kinds", "BRANCH").body("items.id", contains(branch));
        }
    }

    @Test
    void surnames_areReadAsSurnames() {
        String lecturer = enter("lecturers", "name", "单鹧鸪");

        search("shanzhegu", "kinds", "LECTURER").body("items.id", contains(lecturer));
    }

    @Test
    void names_areFoundWhateverTheirCaseAndWidth() {
        String topic = enter("topics", "title", "Ｇ20 Ökonomie " + UUID.randomUUID());

        search("g20 ökonomie", "kinds", "TOPIC").body("items.id", contains(topic));
    }

    @Test
    void exactCode_comesFirst() {
        String code = "ZZ" + UUID.randomUUID().toString().substring(0, 8);
        Map<String, Object> longer = body("venues");
        longer.put("code", code + "-1");
        longer.put("name", code + " hall");
        Map<String, Object> exact = body("venues");
        exact.put("code", code);
        String second = create("venues", longer);
        String first = create("venues", exact);

        search(code.toLowerCase(), "kinds", "VENUE")
                .body("items.id", contains(first, second), "items[0].kind", equalTo("VENUE"));
    }

    @Test
    void bookings_areFoundByWordsOfTheirParties() {
        City.Cast cast = city.cast();
        UUID other = city.lecturer(cast.topic());
        var elsewhere = new City.Cast(other, cast.topic(), cast.branch(), cast.branchCode(), cast.venue());
        String soon = book(cast, day(3), 9);
        String later = book(cast, day(4), 9);
        book(elsewhere, day(3), 14);
        String cancelled = book(cast, day(2), 9);
        change("/api/v1/bookings/" + cancelled + "/cancel", 1, Map.of("reason", "取消"))
                .then()
                .statusCode(200);

        search("L-" + cast.lecturer() + " B-" + cast.branch(), "kinds", "BOOKING")
                .body(
                        "items.id", contains(soon, later),
                        "items[0].name", equalTo("乡村振兴政策解读"),
                        "items[0].detail", equalTo("林晓岚 · 青石村 · 文化礼堂"),
                        "items[0].status", equalTo("CONFIRMED"));
        search("L-" + cast.lecturer() + " nowhere-" + UUID.randomUUID()).body("items", empty());
        search(cancelled).body("items.id", contains(cancelled), "items[0].status", equalTo("CANCELLED"));
    }

    @Test
    void percentAndUnderscore_areOrdinaryCharacters() {
        String topic = enter("topics", "title", "100%_" + UUID.randomUUID());

        assertThat(search("100%_", "kinds", "TOPIC").extract().jsonPath().getList("items.id", String.class))
                .contains(topic);
        search("1%0_" + UUID.randomUUID()).body("items", empty());
    }

    @Test
    void branch_findsItsOwnAndNoLecturers() {
        City.Cast cast = city.cast();
        City.Cast foreign = city.cast();
        String mine = book(cast, day(5), 9);
        book(foreign, day(5), 9);
        String token = Tokens.branch(cast.branchCode());

        List<String> branches = given().auth()
                .oauth2(token)
                .queryParam("q", "青石村")
                .queryParam("limit", 50)
                .get("/api/v1/search")
                .then()
                .statusCode(200)
                .body("items.findAll { it.kind == 'LECTURER' }", empty())
                .body("items.findAll { it.kind == 'BOOKING' }.id", contains(mine))
                .extract()
                .jsonPath()
                .getList("items.findAll { it.kind == 'BRANCH' }.id", String.class);
        assertThat(branches).containsExactly(cast.branch().toString());
        given().auth()
                .oauth2(token)
                .queryParam("q", foreign.branch().toString())
                .get("/api/v1/search")
                .then()
                .body("items", empty());
    }

    @Test
    void badInput_isRefused() {
        search(" ").statusCode(400).body("errors[0].pointer", equalTo("?q"));
        search("x".repeat(101)).statusCode(400);
        search("x", "kinds", "PERSON").statusCode(400).body("errors[0].pointer", equalTo("?kinds"));
        organizer().get("/api/v1/search").then().statusCode(400);
    }
}
