package org.lectern.notification.directory;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** Only organizers may vouch for an address; its owner then gets no confirmation mail. */
@ServiceTest
class VouchingTest {

    @Inject
    Sql sql;

    private String code;
    private UUID branch;
    private String address;

    @BeforeEach
    void aBranch() {
        MailServer.up();
        code = "VCH-" + UUID.randomUUID();
        branch = Scheduler.branch(code, null, "en");
        address = UUID.randomUUID() + "@example.org";
        await().untilAsserted(() ->
                given().auth().oauth2(Tokens.operator()).get(endpoints()).then().statusCode(200));
    }

    @Test
    void vouchedAddress_isActiveWithActorTimeAndReason() {
        String id = add(Tokens.organizer(), "email", address, " from the list of 2026 ")
                .statusCode(201)
                .header("ETag", equalTo("\"1\""))
                .body("status", equalTo("active"))
                .extract()
                .path("id");
        for (String token : new String[] {Tokens.branch(code), Tokens.auditor()}) {
            given().auth()
                    .oauth2(token)
                    .get(endpoints() + "/" + id)
                    .then()
                    .body("vouched.by", notNullValue())
                    .body("vouched.at", notNullValue())
                    .body("vouched.reason", equalTo("from the list of 2026"))
                    .body("confirmedAt", nullValue())
                    .body("confirmation", nullValue());
        }
        assertThat(questions()).isZero();
        Scheduler.send(Scheduler.confirmed(branch, 30));
        await().untilAsserted(() -> assertThat(MailServer.received(address)).hasSize(1));
    }

    @Test
    void branchOrOperator_cannotVouch() {
        for (String token : new String[] {Tokens.branch(code), Tokens.operator()}) {
            add(token, "email", address, "we know it")
                    .statusCode(403)
                    .body("code", equalTo("vouching-forbidden"))
                    .body("errors.pointer", contains("/vouchedFor"));
        }
        String id = pending();
        change(Tokens.branch(code), id, "we know it").statusCode(403).body("errors.pointer", contains("/vouchedFor"));
    }

    @Test
    void organizer_vouchesForPendingAddress() {
        String id = pending();
        change(Tokens.organizer(), id, "called the office")
                .statusCode(200)
                .body("status", equalTo("active"))
                .body("vouched.reason", equalTo("called the office"));
        change(Tokens.organizer(), id, "again").statusCode(200).body("vouched.reason", equalTo("called the office"));
    }

    @Test
    void endpointWithoutVouching_needsTheOwnersConfirmation() {
        given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .body(Map.of("channel", "email", "address", address))
                .post(endpoints())
                .then()
                .statusCode(201)
                .body("status", equalTo("pending"));
        assertThat(questions()).isEqualTo(1);
    }

    @Test
    void reason_isAShortTextAndForMailboxesOnly() {
        add(Tokens.organizer(), "email", address, "x".repeat(501))
                .statusCode(400)
                .body("errors.pointer", contains("/vouchedFor"));
        add(Tokens.organizer(), "webhook", "https://alerts.example.org/", "we know it")
                .statusCode(400)
                .body("errors.pointer", contains("/vouchedFor"));
        assertThat(sql.one("SELECT 1 FROM endpoint WHERE branch_id = ?", row -> true, branch))
                .isEmpty();
    }

    @Test
    void mailboxWrittenByEarlierVersion_waits() {
        sql.update("""
                INSERT INTO endpoint (id, branch_id, channel, address, enabled, pending, version, created_at, updated_at)
                VALUES (uuidv7(), ?, 'email', ?, true, false, 1, now(), now())""", branch, address);
        String other = UUID.randomUUID() + "@example.org";
        add(Tokens.organizer(), "email", other, "a test").statusCode(201);

        sql.update("UPDATE endpoint SET address = 'moved-' || address, pending = false WHERE address = ?", other);

        assertThat(sql.list(
                        "SELECT pending AND vouched_at IS NULL AND NOT usable AS waits FROM endpoint WHERE branch_id = ?",
                        row -> row.flag("waits"),
                        branch))
                .containsExactly(true, true);
    }

    private String pending() {
        return given().auth()
                .oauth2(Tokens.branch(code))
                .contentType(ContentType.JSON)
                .body(Map.of("channel", "email", "address", address))
                .post(endpoints())
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private ValidatableResponse add(String token, String channel, String at, String vouchedFor) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of("channel", channel, "address", at, "vouchedFor", vouchedFor))
                .post(endpoints())
                .then();
    }

    private ValidatableResponse change(String token, String id, String vouchedFor) {
        String endpoint = endpoints() + "/" + id;
        String tag = given().auth().oauth2(token).get(endpoint).header("ETag");
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .header("If-Match", tag)
                .body(Map.of("address", address, "enabled", true, "vouchedFor", vouchedFor))
                .put(endpoint)
                .then();
    }

    private int questions() {
        return sql.one(
                        "SELECT count(*) AS n FROM confirmation c JOIN endpoint e ON e.id = c.endpoint_id WHERE e.branch_id = ?",
                        row -> row.number("n"),
                        branch)
                .orElseThrow();
    }

    private String endpoints() {
        return "/api/v1/branches/" + branch + "/endpoints";
    }
}
