package org.lectern.notification.directory.history;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.directory.EndpointSwitch;
import org.lectern.notification.directory.Troubles;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.ServiceTest;
import org.lectern.notification.support.WebReceiver;
import org.lectern.notification.support.WebReceiver.Reply;
import org.lectern.testing.Tokens;

/** Each change of an endpoint is recorded with actor, time, before and after; never with a full address or secret. */
@ServiceTest
class EndpointHistoryTest {

    @Inject
    Sql sql;

    @Inject
    Lectures lectures;

    @Inject
    EndpointSwitch endpointSwitch;

    @Inject
    Troubles troubles;

    @Inject
    EndpointHistory history;

    private String code;
    private UUID branch;
    private String address;

    @BeforeEach
    void aBranch() {
        code = "HIS-" + UUID.randomUUID();
        branch = lectures.branch(code, null, "en");
        address = "a" + UUID.randomUUID() + "@example.org";
    }

    @Test
    void addedMailbox_isWrittenWithItsState() {
        String id = add(Tokens.branch(code), Map.of("channel", "email", "address", address));

        JsonPath entries = changes(id);
        assertThat(actions(entries)).containsExactly(List.of("added"));
        assertThat(entries.getString("items[0].actor")).isEqualTo(subject(Tokens.branch(code)));
        assertThat(entries.getInt("items[0].version")).isEqualTo(1);
        assertThat(entries.getString("items[0].at")).isNotNull();
        assertThat(entries.<Object>get("items[0].before")).isNull();
        assertThat(entries.<Map<String, Object>>get("items[0].after"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "address",
                        "a***@example.org",
                        "enabled",
                        true,
                        "pending",
                        true,
                        "fallback",
                        false,
                        "vouched",
                        false,
                        "digests",
                        true));
    }

    @Test
    void vouching_isWrittenWithItsReason() {
        String id = add(
                Tokens.organizer(),
                Map.of("channel", "email", "address", address, "vouchedFor", "from the list of 2026"));
        String pending = add(Tokens.branch(code), Map.of("channel", "email", "address", "b" + address));
        change(
                Tokens.organizer(),
                pending,
                Map.of("address", "b" + address, "enabled", true, "vouchedFor", "called the office"));

        assertThat(actions(changes(id))).containsExactly(List.of("added", "vouched"));
        assertThat(changes(id).getString("items[0].reason")).isEqualTo("from the list of 2026");
        JsonPath entries = changes(pending);
        assertThat(actions(entries)).containsExactly(List.of("vouched"), List.of("added"));
        assertThat(entries.getString("items[0].actor")).isEqualTo(subject(Tokens.organizer()));
        assertThat(entries.getString("items[0].reason")).isEqualTo("called the office");
        assertThat(states(entries, "pending")).containsExactly(true, false);
        assertThat(states(entries, "vouched")).containsExactly(false, true);
    }

    @Test
    void changes_areRecordedWithBothStates() {
        String id = webhook("https://alerts.example.org/one");
        change(Tokens.operator(), id, Map.of("address", "https://other.example.org/two", "enabled", false));
        change(
                Tokens.organizer(),
                id,
                Map.of("address", "https://other.example.org/two", "enabled", true, "fallback", true));
        change(
                Tokens.organizer(),
                id,
                Map.of("address", "https://other.example.org/two", "enabled", true, "fallback", true));

        JsonPath entries = changes(id);
        assertThat(actions(entries))
                .containsExactly(
                        List.of("enabled", "fallback-changed"),
                        List.of("address-changed", "disabled"),
                        List.of("added"));
        assertThat(entries.getList("items.actor")).startsWith(subject(Tokens.organizer()), subject(Tokens.operator()));
        assertThat(entries.getList("items.version")).containsExactly(3, 2, 1);
        assertThat(entries.getString("items[1].before.address")).contains("alerts.example.org");
        assertThat(entries.getString("items[1].after.address")).contains("other.example.org");
        assertThat(entries.prettify()).doesNotContain("/one", "/two");
        assertThat(states(entries, "enabled")).containsExactly(false, true);
        assertThat(states(entries, "fallback")).containsExactly(false, true);
    }

    @Test
    void secrets_areNeverKept() {
        String id = webhook("https://alerts.example.org/hook");
        String made = given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .header("If-Match", tag(id))
                .body("{}")
                .post(endpoint(id) + "/rotate-secret")
                .then()
                .statusCode(200)
                .extract()
                .path("secret");
        String robot = add(
                Tokens.organizer(),
                Map.of(
                        "channel",
                        "dingtalk",
                        "address",
                        robotAddress("key-of-the-robot"),
                        "secret",
                        "SEC0123456789abcdef"));
        change(
                Tokens.organizer(),
                robot,
                Map.of("address", robotAddress("key-of-another"), "enabled", true, "secret", "SECfedcba9876543210"));

        assertThat(actions(changes(id))).containsExactly(List.of("secret-rotated"), List.of("added"));
        assertThat(actions(changes(robot)).getFirst()).contains("secret-changed");
        assertThat(sql.list(
                        "SELECT c::text AS row FROM endpoint_change c WHERE branch_id = ?",
                        row -> row.text("row"),
                        branch))
                .hasSize(4)
                .allMatch(row -> !row.contains(made)
                        && !row.contains("whsec_")
                        && !row.contains("SEC0")
                        && !row.contains("SECf")
                        && !row.contains("key-of"));
    }

    @Test
    void verification_isRecordedForTheCaller() {
        try (var receiver = new WebReceiver(request ->
                Reply.json("{\"challenge\":\"" + JsonPath.from(request.text()).getString("data.challenge") + "\"}"))) {
            String id = webhook(receiver.url("/hook"));
            given().auth()
                    .oauth2(Tokens.operator())
                    .post(endpoint(id) + "/verify")
                    .then()
                    .statusCode(200);

            JsonPath entries = changes(id);
            assertThat(actions(entries)).containsExactly(List.of("verified"), List.of("added"));
            assertThat(entries.getString("items[0].actor")).isEqualTo(subject(Tokens.operator()));
            assertThat(states(entries, "pending")).containsExactly(true, false);
        }
    }

    @Test
    void removedEndpoint_keepsItsHistory() {
        String id = webhook("https://alerts.example.org/hook");
        given().auth()
                .oauth2(Tokens.branch(code))
                .header("If-Match", tag(id))
                .delete(endpoint(id))
                .then()
                .statusCode(204);

        JsonPath entries = changes(id);
        assertThat(actions(entries)).containsExactly(List.of("removed"), List.of("added"));
        assertThat(entries.getString("items[0].actor")).isEqualTo(subject(Tokens.branch(code)));
        assertThat(entries.getString("items[0].before.address")).contains("alerts.example.org");
        assertThat(entries.<Object>get("items[0].after")).isNull();
    }

    @Test
    void serviceItself_isTheActorOfItsSwitches() {
        UUID bounced = lectures.mailbox(branch, address, true, false);
        in(() -> endpointSwitch.off(bounced, "smtp-550-5.1.1"));
        in(() -> endpointSwitch.off(bounced, "smtp-550-5.1.1"));
        UUID failing = lectures.endpoint(branch, true);
        in(() -> troubles.failing(failing, "http-503"));
        in(() -> troubles.failing(failing, "http-503"));
        UUID unsubscribed = lectures.mailbox(branch, "c" + address, true, false);
        in(() -> endpointSwitch.unsubscribed(unsubscribed));
        in(() -> endpointSwitch.unsubscribed(unsubscribed));

        assertByLectern(bounced, "smtp-550-5.1.1", "disabled");
        assertByLectern(failing, "http-503", "failing");
        assertByLectern(unsubscribed, null, "unsubscribed");
        change(Tokens.organizer(), unsubscribed.toString(), Map.of("address", "c" + address, "enabled", true));
        assertThat(actions(changes(unsubscribed.toString())).getFirst()).containsExactly("subscribed");
    }

    @Test
    void answersOfOwners_areWritten() {
        String confirmed = add(Tokens.branch(code), Map.of("channel", "email", "address", address));
        in(() -> endpointSwitch.confirmed(UUID.fromString(confirmed), address));
        String refused = add(Tokens.branch(code), Map.of("channel", "email", "address", "b" + address));
        in(() -> endpointSwitch.refused(UUID.fromString(refused), "b" + address));

        assertThat(actions(changes(confirmed))).containsExactly(List.of("confirmed"), List.of("added"));
        assertThat(actions(changes(refused))).containsExactly(List.of("disabled", "refused"), List.of("added"));
        assertThat(changes(refused).getString("items[0].actor")).isEqualTo("lectern");
    }

    @Test
    void changeThatIsRolledBack_leavesNoEntry() {
        UUID endpoint = lectures.endpoint(branch, true);
        QuarkusTransaction.begin();
        endpointSwitch.off(endpoint, "http-410");
        QuarkusTransaction.rollback();

        assertThat(actions(changes(endpoint.toString()))).isEmpty();
    }

    @Test
    void refusedChange_leavesNoEntry() {
        String id = webhook("https://alerts.example.org/hook");
        given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .header("If-Match", "\"7\"")
                .body(Map.of("address", "https://alerts.example.org/hook", "enabled", false))
                .put(endpoint(id))
                .then()
                .statusCode(412);

        assertThat(actions(changes(id))).containsExactly(List.of("added"));
    }

    @Test
    void list_isWalkedByCursor() {
        String id = webhook("https://alerts.example.org/hook");
        for (boolean enabled : new boolean[] {false, true, false}) {
            change(Tokens.organizer(), id, Map.of("address", "https://alerts.example.org/hook", "enabled", enabled));
        }
        List<Object> versions = new ArrayList<>();
        String cursor = null;
        do {
            var request = given().auth().oauth2(Tokens.auditor()).queryParam("limit", 3);
            if (cursor != null) {
                request.queryParam("cursor", cursor);
            }
            JsonPath page = request.get(endpoint(id) + "/changes")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            versions.addAll(page.getList("items.version"));
            cursor = page.getString("nextCursor");
        } while (cursor != null);

        assertThat(versions).containsExactly(4, 3, 2, 1);
    }

    @Test
    void endpointOfAnotherBranch_isNotFound() {
        String id = webhook("https://alerts.example.org/hook");
        UUID other = lectures.branch("HIS-" + UUID.randomUUID(), null, "en");

        given().auth()
                .oauth2(Tokens.auditor())
                .get("/api/v1/branches/" + other + "/endpoints/" + id + "/changes")
                .then()
                .statusCode(404);
    }

    @Test
    void entries_areNeitherChangedNorDeletedWithinAYear() {
        String id = webhook("https://alerts.example.org/hook");

        for (String statement : List.of(
                "UPDATE endpoint_change SET actor = 'another' WHERE endpoint_id = cast(? AS uuid)",
                "DELETE FROM endpoint_change WHERE endpoint_id = cast(? AS uuid)")) {
            assertThatThrownBy(() -> sql.update(statement, id)).isInstanceOf(RuntimeException.class);
        }
        assertThat(actions(changes(id))).hasSize(1);
    }

    @Test
    void entriesOlderThanTheRetention_areDeleted() {
        String id = webhook("https://alerts.example.org/hook");
        for (String age : List.of("9 years", "11 years")) {
            sql.update("""
                    INSERT INTO endpoint_change (id, endpoint_id, branch_id, version, actions, actor, state_before, state_after, at)
                    SELECT uuidv7(-cast(? AS interval)), endpoint_id, branch_id, 1, '{ENABLED}', 'a-person', '{}', '{}',
                           now() - cast(? AS interval)
                    FROM endpoint_change WHERE endpoint_id = cast(? AS uuid) LIMIT 1""", age, age, id);
        }

        history.forget();

        assertThat(sql.one(
                        "SELECT count(*) AS n FROM endpoint_change WHERE endpoint_id = cast(? AS uuid)",
                        row -> row.number("n"),
                        id))
                .contains(2);
    }

    private void assertByLectern(UUID endpoint, @Nullable String reason, String action) {
        JsonPath entries = changes(endpoint.toString());
        List<List<String>> actions = actions(entries);
        // a notice about the other endpoint may have arrived at this one since
        assertThat(actions)
                .filteredOn(each -> !each.equals(List.of("recovered")))
                .containsExactly(List.of(action));
        int at = actions.indexOf(List.of(action));
        assertThat(entries.getString("items[" + at + "].actor")).isEqualTo("lectern");
        assertThat(entries.getString("items[" + at + "].reason")).isEqualTo(reason);
    }

    private static void in(Runnable work) {
        QuarkusTransaction.requiringNew().run(work);
    }

    private static List<List<String>> actions(JsonPath entries) {
        return entries.getList("items.actions");
    }

    private static List<Boolean> states(JsonPath entries, String member) {
        return List.of(entries.getBoolean("items[0].before." + member), entries.getBoolean("items[0].after." + member));
    }

    private JsonPath changes(String id) {
        return given().auth()
                .oauth2(Tokens.auditor())
                .get(endpoint(id) + "/changes")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private String webhook(String at) {
        return add(Tokens.organizer(), Map.of("channel", "webhook", "address", at));
    }

    private String add(String token, Map<String, String> wanted) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(wanted)
                .post("/api/v1/branches/" + branch + "/endpoints")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private ValidatableResponse change(String token, String id, Map<String, ?> wanted) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .header("If-Match", tag(id))
                .body(new HashMap<>(wanted))
                .put(endpoint(id))
                .then()
                .statusCode(200);
    }

    private String tag(String id) {
        return given().auth().oauth2(Tokens.organizer()).get(endpoint(id)).header("ETag");
    }

    private String endpoint(String id) {
        return "/api/v1/branches/" + branch + "/endpoints/" + id;
    }

    private static String robotAddress(String key) {
        return ConfigProvider.getConfig().getValue("lectern.robot.dingtalk.addresses", String.class) + key;
    }

    /** The claim {@code sub} of a token. */
    private static String subject(String token) {
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        return JsonPath.from(claims).getString("sub");
    }
}
