package org.lectern.scheduler.erasure;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.support.Registries.body;
import static org.lectern.scheduler.support.Registries.create;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Lectures;
import org.lectern.testing.StoredTexts;
import org.lectern.testing.Tokens;

/** The contact data of a lecturer disappears from everything that this service stores; the audit stays intact. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class ErasureTest {

    @Inject
    City city;

    @Inject
    DataSource database;

    private final String address = "lin." + UUID.randomUUID().toString().substring(0, 8) + "@example.org";
    private final String phone = "+86 139 "
            + String.valueOf(Math.abs(UUID.randomUUID().getMostSignificantBits()))
                    .substring(0, 9);
    private final UUID made = Uuid7.next();
    private City.Cast cast;
    private String lecturer;

    @BeforeEach
    void aLecturerWithContactData() {
        City.Cast usual = city.cast();
        Map<String, Object> lecturer = body("lecturers");
        lecturer.put("topicIds", List.of(usual.topic()));
        lecturer.put("email", address);
        lecturer.put("phone", phone);
        this.lecturer = create("lecturers", lecturer);
        cast = new City.Cast(
                UUID.fromString(this.lecturer), usual.topic(), usual.branch(), usual.branchCode(), usual.venue());
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

    private void auditIsIntact() {
        given().auth()
                .oauth2(Tokens.auditor())
                .get("/api/v1/audit/verify")
                .then()
                .statusCode(200)
                .body("intact", equalTo(true));
    }

    /** Answers to idempotency keys, notes, drafts and events: anything may quote it. */
    private void plant(String booking) {
        String quoted = "Call " + phone + " or " + address;
        String json = "{\"email\":\"" + address + "\",\"phone\":\"" + phone + "\"}";
        city.run("""
                INSERT INTO idempotency (principal, key, fingerprint, status, body, created_at)
                VALUES ('o', cast(? AS text), '\\x00', 201, ?, now())""", made, json);
        city.run("""
                UPDATE booking SET note = ?, reason = ?, completion_note = ?, join_link = 'mailto:' || ? WHERE id = ?
                """, quoted, quoted, quoted, address, UUID.fromString(booking));
        city.run("""
                INSERT INTO outbox (id, aggregate_id, version, incarnation, topic, type, data, occurred_at)
                VALUES (?, ?, 1, ?, 'lectern.bookings', 't', ?, now())""", made, made, made, json);
        city.run("""
                INSERT INTO lecturer_blackout (id, lecturer_id, from_at, until_at, reason)
                VALUES (?, ?, now(), now() + interval '1 day', ?)""", made, cast.lecturer(), quoted);
        city.run("""
                INSERT INTO lecturer_exception (lecturer_id, on_date, windows, note)
                VALUES (?, current_date, '{}', ?)""", cast.lecturer(), quoted);
        city.run("""
                INSERT INTO bulk_preview (token, principal, request, bookings, versions, expires_at)
                VALUES (?, 'o', cast(? AS jsonb), '{}', '{}', now() + interval '1 hour')""", made, json);
        city.run("""
                INSERT INTO series (id, revision, pattern, created_at, created_by, updated_at, updated_by)
                VALUES (?, 1, cast(? AS jsonb), now(), 'o', now(), 'o')""", made, json);
        city.run("""
                INSERT INTO campaign (id, version, code, name, description, status, starts_on, ends_on, zone,
                                      lectures_per_branch, min_interval_days, formats, tiers, subtrees, kinds, branches,
                                      priority, targets_at, created_at, updated_at)
                VALUES (?, 1, ?, 'c', ?, 'CLOSED', current_date - 600, current_date - 300, 'Asia/Shanghai', 1, 0,
                        '{}', '{}', '{}', '{}', '{}', '{}', now(), now(), now())""", made, "C-" + made, quoted);
        city.run("""
                INSERT INTO plan (id, version, campaign_id, name, purpose, state, terms, seconds, seed, failure,
                                  created_at, created_by, updated_at)
                VALUES (?, 1, ?, ?, 'PLAN', 'FAILED', cast(? AS jsonb), 1, 1, ?, now(), 'o', now())""", made, made, quoted, json, quoted);
        city.run("""
                INSERT INTO plan_item (plan_id, number, branch_id, topic_id, occurrence, standing)
                VALUES (?, 0, ?, ?, 1, cast(? AS jsonb))""", made, made, made, json);
        city.run("""
                INSERT INTO plan_log (plan_id, at, actor, action, detail)
                VALUES (?, now(), 'o', 'CREATED', cast(? AS jsonb))""", made, json);
        city.run("""
                INSERT INTO outbox_replay (id, at, actor, reason, selection, events, aggregates)
                VALUES (?, now(), 'o', ?, '{}', 0, 0)""", made, quoted);
    }

    /** Other tests read all plans, and these are no whole ones. */
    @AfterEach
    void nothingIsLeftBehind() {
        for (String table : List.of("plan", "campaign", "series", "outbox", "lecturer_blackout")) {
            city.run("DELETE FROM " + table + " WHERE id = ?", made);
        }
        city.run("DELETE FROM bulk_preview WHERE token = ?", made);
    }

    @Test
    void erasedContact_isInNoTableAndTheAuditStaysIntact() throws SQLException {
        plant(Lectures.book(cast, Lectures.day(40), 9));
        assertThat(StoredTexts.tablesWith(database, address)).hasSizeGreaterThan(9);
        assertThat(StoredTexts.tablesWith(database, phone)).hasSizeGreaterThan(9);
        erase(true, address, phone)
                .statusCode(200)
                .body("ended", equalTo(1))
                .body("erased.table", hasItems("idempotency", "booking", "plan_item", "outbox"));
        assertThat(StoredTexts.tablesWith(database, address)).contains("lecturer");

        erase(false, address, phone).statusCode(200).body("ended", equalTo(1)).body("kept", empty());

        assertThat(StoredTexts.tablesWith(database, address)).isEmpty();
        assertThat(StoredTexts.tablesWith(database, phone)).isEmpty();
        organizer()
                .get("/api/v1/lecturers/" + lecturer)
                .then()
                .statusCode(200)
                .body("email", nullValue())
                .body("phone", nullValue())
                .body("home", nullValue())
                .body("name", equalTo("林晓岚"))
                .body("version", equalTo(2));
        assertThat(city.count("SELECT count(*) FROM outbox WHERE aggregate_id = ?", cast.lecturer()))
                .isEqualTo(2);
        auditIsIntact();
    }

    /** What an organizer typed into a note is part of the chained history: it is named, and the chain is not broken. */
    @Test
    void textInTheAudit_isNamedAndKept() {
        Map<String, Object> lecture =
                Lectures.lecture(cast, Lectures.at(Lectures.day(41), 9, 0), Lectures.at(Lectures.day(41), 10, 0));
        Lectures.post("/api/v1/bookings", Lectures.with(lecture, "note", "Ask " + address))
                .then()
                .statusCode(201);
        erase(false, address)
                .statusCode(200)
                .body("kept.table", hasItem("audit_entry"))
                .body("kept.column", hasItem("state"))
                .body("erased.table", hasItem("booking"));
        auditIsIntact();
    }

    @Test
    void words_areRefused() {
        for (String word : List.of("林晓岚", "lecture", "2026", "")) {
            erase(false, word).statusCode(400).body("errors[0].pointer", equalTo("/texts/0"));
        }
    }
}
