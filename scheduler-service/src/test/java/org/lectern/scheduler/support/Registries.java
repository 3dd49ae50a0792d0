package org.lectern.scheduler.support;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.lectern.testing.Tokens;

/** Registry entries over the API. */
public final class Registries {

    /** A body for each registry, without its code. */
    public static final Map<String, Map<String, Object>> BODIES = Map.of(
            "topics", Map.of("title", "乡村振兴政策解读", "durationMinutes", 90),
            "lecturers",
                    Map.of(
                            "name",
                            "林晓岚",
                            "tier",
                            "municipal",
                            "home",
                            Map.of("address", "云川大道1号", "latitude", 30.27, "longitude", 120.15),
                            "email",
                            "lin@example.org",
                            "phone",
                            "+86 138 0000 0000"),
            "branches", Map.of("name", "青石村", "kind", "village", "headCount", 1200),
            "venues", Map.of("name", "文化礼堂", "kind", "lecture-hall", "capacity", 120));

    private Registries() {}

    /** A body with a new code. */
    public static Map<String, Object> body(String registry) {
        Map<String, Object> body = new HashMap<>(BODIES.get(registry));
        body.put("code", "C-" + UUID.randomUUID());
        return body;
    }

    public static RequestSpecification organizer() {
        return given().auth().oauth2(Tokens.organizer()).contentType(ContentType.JSON);
    }

    /** The id of a new entry. */
    public static String create(String registry, Map<String, Object> body) {
        return organizer()
                .body(body)
                .post("/api/v1/" + registry)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
