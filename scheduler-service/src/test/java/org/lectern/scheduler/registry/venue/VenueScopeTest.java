package org.lectern.scheduler.registry.venue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.support.Registries.body;
import static org.lectern.scheduler.support.Registries.create;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** Venues are shared; the branch and the place of a venue are shown within the scope of that branch only. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class VenueScopeTest {

    private static final String VENUES = "/api/v1/venues";

    @Inject
    City city;

    private final String mark = "S" + UUID.randomUUID().toString().substring(0, 8);
    private UUID branch;
    private UUID parent;
    private UUID other;

    @BeforeEach
    void branches() {
        parent = city.branch(null, "Asia/Shanghai", false);
        branch = city.branch(parent, "Asia/Shanghai", false);
        other = city.branch(null, "Asia/Shanghai", false);
    }

    private String venue(String kind, UUID of) {
        Map<String, Object> venue = body("venues");
        venue.put("code", mark + "-" + UUID.randomUUID());
        venue.put("kind", kind);
        venue.put("branchId", of);
        venue.put("place", Map.of("address", "路 " + mark, "latitude", 30.5, "longitude", 120.5));
        return create("venues", venue);
    }

    private static RequestSpecification as(UUID branch) {
        return given().auth().oauth2(Tokens.branch("B-" + branch));
    }

    private String csv(RequestSpecification caller) {
        return caller.queryParam("q", mark)
                .get(VENUES + "/export.csv")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"branch-room", "lecture-hall"})
    void aVenueOutsideTheScope_isSharedWithoutBranchAndPlace(String kind) {
        String id = venue(kind, branch);

        as(other)
                .get(VENUES + "/" + id)
                .then()
                .statusCode(200)
                .body("id", equalTo(id), "kind", equalTo(kind), "name", notNullValue(), "capacity", equalTo(120))
                .body("branchId", nullValue(), "place", nullValue());
        as(other)
                .queryParam("q", mark)
                .get(VENUES)
                .then()
                .statusCode(200)
                .body("items.id", contains(id))
                .body("items[0].branchId", nullValue(), "items[0].place", nullValue());
        assertThat(csv(as(other))).contains(mark, kind).doesNotContain("B-" + branch, "路", "30.5", "120.5");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVenueWithinTheScope_isShownWhole(boolean above) {
        String id = venue("branch-room", branch);
        UUID caller = above ? parent : branch;

        as(caller)
                .get(VENUES + "/" + id)
                .then()
                .statusCode(200)
                .body("branchId", equalTo(branch.toString()), "place.address", equalTo("路 " + mark));
        as(caller)
                .queryParam("branchId", branch)
                .get(VENUES)
                .then()
                .statusCode(200)
                .body("items.id", contains(id), "items[0].branchId", equalTo(branch.toString()));
        assertThat(csv(as(caller))).contains("B-" + branch, "路 " + mark);
    }

    @Test
    void aHallOfNoBranchIsShownWhole() {
        String id = venue("lecture-hall", null);

        as(other).get(VENUES + "/" + id).then().statusCode(200).body("place.address", equalTo("路 " + mark));
    }

    @Test
    void aBranchOutsideTheScope_isNoFilter() {
        venue("branch-room", branch);

        as(other)
                .queryParam("branchId", branch)
                .get(VENUES)
                .then()
                .statusCode(200)
                .body("items", empty());
        assertThat(as(other)
                        .queryParam("branchId", branch)
                        .get(VENUES + "/export.csv")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString()
                        .strip()
                        .lines())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"organizer", "auditor"})
    void aCallerWithoutScope_seesVenuesWhole(String role) {
        String id = venue("branch-room", branch);
        String token = Tokens.of(role, Map.of());

        given().auth()
                .oauth2(token)
                .get(VENUES + "/" + id)
                .then()
                .statusCode(200)
                .body("branchId", equalTo(branch.toString()));
        assertThat(csv(given().auth().oauth2(token))).contains("B-" + branch);
    }
}
