package org.lectern.notification.erasure;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.StoredTexts;
import org.lectern.testing.Tokens;

/** The address of a contact of a branch disappears from everything that this service stores. */
@ServiceTest
class ErasureTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @Inject
    Lectures lectures;

    @Inject
    Sql sql;

    @Inject
    DataSource database;

    private final String address = "wang." + UUID.randomUUID().toString().substring(0, 8) + "@example.org";
    private UUID branch;
    private UUID endpoint;
    private UUID notice;

    @BeforeEach
    void aMailboxThatWasWrittenTo() {
        MailServer.up();
        branch = lectures.branch("ERA-" + UUID.randomUUID(), null, "en");
        endpoint = lectures.mailbox(branch, address, true, false);
        notice = lectures.told(Scheduler.confirmed(branch, 48), branch);
        await().atMost(LONG)
                .until(() -> sql.one("SELECT state FROM delivery WHERE notice_id = ?", row -> row.text("state"), notice)
                        .filter("DELIVERED"::equals)
                        .isPresent());
    }

    private ValidatableResponse erase(boolean dryRun, String... texts) {
        return given().auth()
                .oauth2(Tokens.operator())
                .contentType(ContentType.JSON)
                .queryParam("dryRun", dryRun)
                .body(Map.of("texts", List.of(texts)))
                .post("/api/v1/erasures")
                .then();
    }

    /** What receivers answered, what branches wrote back, what operators typed: anything may quote the address. */
    private void plant(String text) {
        String quoted = "550 5.1.1 <" + text + ">: unknown";
        sql.update(
                "UPDATE delivery_attempt SET answer = ? WHERE delivery_id IN (SELECT id FROM delivery WHERE notice_id = ?)",
                quoted,
                notice);
        sql.update("UPDATE notice SET title = ?, body = ? WHERE id = ?", "About " + text, quoted, notice);
        sql.update(
                "UPDATE calendar_revision SET place = ?, join_link = ? WHERE notice_id = ?",
                quoted,
                "mailto:" + text.toUpperCase(java.util.Locale.ROOT),
                notice);
        sql.update("""
                INSERT INTO calendar_answer (id, message, notice_id, branch_id, booking_id, kind, comment, at, outdated)
                SELECT ?, sha256('m'), id, branch_id, booking_id, 'DECLINED', ?, now(), false FROM notice WHERE id = ?""", UUID.randomUUID(), quoted, notice);
        sql.update(
                "INSERT INTO endpoint_trial (id, endpoint_id, kind, actor, at, outcome, answer) VALUES (?, ?, 'TEST', 'o', now(), 'FAILED', ?)",
                Uuid7.next(),
                endpoint,
                quoted);
        sql.update("""
                INSERT INTO confirmation (id, endpoint_id, address_hash, requested_by, requested_at, expires_at, next_attempt_at,
                                          outcome, answer, ended_at)
                VALUES (?, ?, sha256(convert_to(?, 'UTF8')), 'o', now(), now(), now(), 'FAILED', ?, now())""", Uuid7.next(), endpoint, text, quoted);
        sql.update(
                "INSERT INTO bounced_address (hash, reason, at) VALUES (sha256(convert_to(?, 'UTF8')), ?, now())",
                text,
                quoted);
        sql.update("""
                INSERT INTO delivery_resend (id, delivery_id, at, actor, reason, state_before, attempts_before)
                SELECT ?, id, now(), 'operator', ?, 'DEAD', 1 FROM delivery WHERE notice_id = ?""", UUID.randomUUID(), quoted, notice);
        sql.update(
                "INSERT INTO calendar_feed (id, branch_id, label, token_hash, created_by, created_at) VALUES (?, ?, ?, sha256(convert_to(?, 'UTF8')), 'o', now())",
                UUID.randomUUID(),
                branch,
                quoted,
                text + "t");
        sql.update("UPDATE endpoint SET vouched_reason = ? WHERE id = ?", quoted, endpoint);
        sql.update("""
                INSERT INTO outbox (id, topic, type, subject, version, data, occurred_at, published_at)
                VALUES (?, 'lectern.acknowledgements', 't', ?, 1, ?, now(), now())""", Uuid7.next(), UUID.randomUUID(), "{\"a\":\"" + text + "\"}");
    }

    @Test
    void erasedAddress_isInNoTableAnyMore() throws SQLException {
        plant(address);
        assertThat(StoredTexts.tablesWith(database, address)).hasSizeGreaterThan(8);

        erase(true, address)
                .statusCode(200)
                .body("dryRun", equalTo(true))
                .body("ended", equalTo(1))
                .body("erased.table", hasItems("notice", "delivery_attempt", "calendar_answer"));
        assertThat(StoredTexts.tablesWith(database, address)).hasSizeGreaterThan(8);

        erase(false, address).statusCode(200).body("ended", equalTo(1)).body("kept", empty());

        assertThat(StoredTexts.tablesWith(database, address)).isEmpty();
        assertThat(sql.list("SELECT body FROM notice WHERE id = ?", row -> row.text("body"), notice))
                .containsExactly("550 5.1.1 <[erased]>: unknown");
        assertThat(sql.list(
                        "SELECT address FROM endpoint WHERE id = ?",
                        row -> String.valueOf(row.textOrNull("address")),
                        endpoint))
                .containsExactly("null");
        erase(false, address).statusCode(200).body("ended", equalTo(0)).body("erased", empty());
    }

    @Test
    void longerAddress_staysAsItIs() throws SQLException {
        String longer = "li." + address;
        UUID other = lectures.mailbox(branch, longer, true, false);
        sql.update("UPDATE notice SET body = ? WHERE id = ?", "Call " + longer + ", not " + address + ".", notice);
        erase(false, address).statusCode(200);
        assertThat(sql.list("SELECT body FROM notice WHERE id = ?", row -> row.text("body"), notice))
                .containsExactly("Call " + longer + ", not [erased].");
        assertThat(sql.list("SELECT address FROM endpoint WHERE id = ?", row -> row.text("address"), other))
                .containsExactly(longer);
    }

    /** An organizer may have typed it where nothing changes: the answer says so. */
    @Test
    void appendOnlyTables_areNamedAndNotChanged() {
        sql.update("""
                INSERT INTO endpoint_change (id, endpoint_id, branch_id, version, actions, actor, reason, state_before, state_after, at)
                VALUES (?, ?, ?, 1, '{VOUCHED}', 'organizer', ?, '{}', '{}', now())""", Uuid7.next(), endpoint, branch, "called " + address);
        erase(false, address)
                .statusCode(200)
                .body("kept.table", contains("endpoint_change"))
                .body("kept.column", contains("reason"))
                .body("erased.table", not(hasItems("endpoint_change")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Wang", "the", "12345", "%", "example.org", "a@b", "''"})
    void words_areRefused(String word) {
        erase(false, word).statusCode(400).body("errors[0].pointer", equalTo("/texts/0"));
    }

    @Test
    void requestWithoutTexts_isRefused() {
        for (String body : List.of("{}", "{\"texts\":[]}", "{\"texts\":null}")) {
            given().auth()
                    .oauth2(Tokens.operator())
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post("/api/v1/erasures")
                    .then()
                    .statusCode(400)
                    .body("errors[0].pointer", equalTo("/texts"));
        }
    }
}
