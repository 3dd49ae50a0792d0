package org.lectern.scheduler.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.lectern.scheduler.support.Registries.body;
import static org.lectern.scheduler.support.Registries.create;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.text.Normalizer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;

/** Texts that look alike are one: by JSON, by CSV and in queries. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class TextIdentityTest {

    private final String mark = "X" + UUID.randomUUID().toString().substring(0, 8);

    private static ValidatableResponse send(String registry, String csv, boolean dryRun) {
        return organizer()
                .contentType("text/csv; charset=UTF-8")
                .queryParam("dryRun", dryRun)
                .body(csv.getBytes(UTF_8))
                .post("/api/v1/" + registry + "/import")
                .then();
    }

    private ValidatableResponse post(String registry, Map<String, Object> body) {
        return organizer().body(body).post("/api/v1/" + registry).then();
    }

    @ParameterizedTest
    @CsvSource({"\u00C5, \u212B", "\u00C5, A\u030A", "\u8C48, \uF900", "\uFB4A, \u05EA\u05BC"})
    void equivalentCodes_areOne(String one, String other) {
        Map<String, Object> body = body("topics");
        body.put("code", mark + Normalizer.normalize(one, Normalizer.Form.NFC));
        int status = post("topics", body).extract().statusCode();
        body.put("code", mark + other);

        post("topics", body).statusCode(status == 201 ? 409 : 400);
        if (status == 201) {
            send("topics", "code,title,durationMinutes\n" + mark + other + ",Title,60\n", true)
                    .statusCode(200)
                    .body("created", equalTo(0), "updated", equalTo(1));
        }
    }

    @Test
    void fullWidthCode_isRefusedWithTheUsualForm() {
        Map<String, Object> body = body("branches");
        body.put("code", "Ｔ０３");

        post("branches", body)
                .statusCode(400)
                .body("errors.pointer", contains("/code"))
                .body("errors[0].detail", containsString("write T03"));
        body.put("code", "Ｔ－０３");
        post("branches", body).statusCode(400).body("errors.pointer", contains("/code"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200B", "\u202E", "\u00AD", "\uFEFF", "\u3164", "\u0007", "\u2028"})
    void invisibleCharacter_isNamedAtEveryDoor(String hidden) {
        String name = "U+%04X".formatted(hidden.codePointAt(0));
        Map<String, Object> body = body("venues");
        body.put("name", "文化" + hidden + "礼堂");

        post("venues", body)
                .statusCode(400)
                .body("errors.pointer", contains("/name"))
                .body("errors[0].detail", containsString(name));
        send("venues", "code,name,kind\n" + mark + ",文化" + hidden + "礼堂,lecture-hall\n", true)
                .statusCode(200)
                .body("errors.line", contains(2), "errors.column", contains("name"))
                .body("errors[0].detail", containsString(name));
        organizer()
                .queryParam("q", "文化" + hidden + "礼堂")
                .get("/api/v1/venues")
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("?q"))
                .body("errors[0].detail", containsString(name));
    }

    @Test
    void name_isOneLine() {
        Map<String, Object> body = body("lecturers");
        body.put("name", "林\n晓岚");

        post("lecturers", body).statusCode(400).body("errors.pointer", contains("/name"));
    }

    @Test
    void whatWasSentByJson_isUnchangedByItsExport() {
        Map<String, Object> topic = body("topics");
        topic.put("code", mark + "-t");
        topic.put("title", "\u00A0 乡村\u00A0振兴  e\u0301\u3000");
        topic.put("description", "一\r\n二\r");
        topic.put("materialUrl", " ");
        Map<String, Object> venue = body("venues");
        venue.put("code", mark + "-v");
        venue.put("name", " \uF900 ");
        venue.put("place", Map.of("address", " "));
        Map<String, Object> branch = body("branches");
        branch.put("code", mark + "-b");
        branch.put("name", "\t青石村\t");
        Map<String, Object> lecturer = body("lecturers");
        lecturer.put("code", mark + "-l");
        lecturer.put("name", "  林\u3000晓岚 ");
        lecturer.put("email", "");
        lecturer.put("phone", " ");

        Map.of("topics", topic, "venues", venue, "branches", branch, "lecturers", lecturer)
                .forEach((registry, body) -> {
                    create(registry, body);
                    String file = organizer()
                            .queryParam("q", mark)
                            .get("/api/v1/" + registry + "/export.csv")
                            .then()
                            .statusCode(200)
                            .extract()
                            .asString();
                    send(registry, file, true)
                            .statusCode(200)
                            .body("errors", empty(), "unchanged", equalTo(1), "updated", equalTo(0));
                });
    }

    @ParameterizedTest(name = "{0} is found by {1}")
    @CsvSource({
        "ΟΔΟΣ, οδος",
        "οδός, ΟΔΌΣ",
        "οδος, ΟΔΟΣ",
        "Straße, STRASSE",
        "Café, CAFE\u0301",
        "Cafe\u0301, café",
        "ＡＢＣ讲座, abc讲",
        "abc讲座, ＡＢＣ",
        "ﬁne, FINE",
        "100%, 100％",
        "a_b, A_B"
    })
    void search_foldsBothSidesAlike(String title, String q) {
        Map<String, Object> body = body("topics");
        body.put("title", mark + title);
        String id = create("topics", body);

        organizer().queryParam("q", mark + q).get("/api/v1/topics").then().body("items.id", contains(id));
        organizer()
                .queryParam("q", "  " + mark + q + "\u3000")
                .get("/api/v1/topics")
                .then()
                .body("items.id", contains(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", "\\"})
    void patternCharacters_meanThemselves(String character) {
        Map<String, Object> body = body("topics");
        body.put("title", mark + "plain");
        create("topics", body);

        organizer()
                .queryParam("q", mark + character)
                .get("/api/v1/topics")
                .then()
                .body("items", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"٥", "５", "1e1", "0x5"})
    void limit_hasAsciiDigits(String limit) {
        organizer()
                .queryParam("limit", limit)
                .get("/api/v1/topics")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("?limit"));
    }
}
