package org.lectern.notification.support;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.testing.Tokens;

/** Branches, notices of lectures, and the simulated passage of time for one of them. */
@Singleton
public class Lectures {

    private static final Duration LONG = Duration.ofMinutes(2);

    @Inject
    Sql sql;

    /** A branch known to the service. */
    public UUID branch(String code, @Nullable UUID parent, String locale) {
        UUID branch = Scheduler.branch(code, parent, locale);
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.operator())
                        .get("/api/v1/branches/" + branch + "/endpoints")
                        .then()
                        .statusCode(200));
        return branch;
    }

    /** A lecturer known to the service. */
    public UUID lecturer(String code, String locale) {
        UUID lecturer = Scheduler.lecturer(code, locale);
        awaitLecturer(lecturer);
        return lecturer;
    }

    public void awaitLecturer(UUID lecturer) {
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.operator())
                        .get("/api/v1/lecturers/" + lecturer + "/endpoints")
                        .then()
                        .statusCode(200));
    }

    /** An endpoint that accepts everything, enabled or not. */
    public UUID endpoint(UUID branch, boolean enabled) {
        UUID id = UUID.randomUUID();
        sql.update("""
                INSERT INTO endpoint (id, branch_id, channel, address, enabled, version, created_at, updated_at)
                VALUES (?, ?, 'moody', ?, ?, 1, now(), now())""", id, branch, "receiver-" + id, enabled);
        return id;
    }

    /** A mailbox of a branch; an organizer vouched for it. */
    public UUID mailbox(UUID branch, String address, boolean enabled, boolean fallback) {
        UUID id = UUID.randomUUID();
        sql.update("""
                INSERT INTO endpoint (id, branch_id, channel, address, enabled, fallback, version, created_at, updated_at,
                                      vouched_by, vouched_at, vouched_reason)
                VALUES (?, ?, 'email', ?, ?, ?, 1, now(), now(), 'organizer', now(), 'a test')""", id, branch, address, enabled, fallback);
        return id;
    }

    /** Sends an event and waits for the notice to that branch. */
    public UUID told(Scheduler.Message message, UUID branch) {
        Scheduler.send(message);
        return await().atMost(LONG)
                .until(
                        () -> sql.one("""
                                SELECT id FROM notice
                                WHERE branch_id = ? AND booking_id = ? AND version = ? AND repeats IS NULL""", row -> row.id("id"), branch, message.subject(), message.version()),
                        found -> found.isPresent())
                .orElseThrow();
    }

    /** Sends an event of a request and waits for the notice to that branch. */
    public UUID toldOfRequest(Scheduler.Message message, UUID branch) {
        Scheduler.send(message);
        return await().atMost(LONG)
                .until(
                        () -> sql.one(
                                "SELECT id FROM notice WHERE branch_id = ? AND request_id = ? AND version = ?",
                                row -> row.id("id"),
                                branch,
                                message.subject(),
                                message.version()),
                        found -> found.isPresent())
                .orElseThrow();
    }

    /** Makes a lecture and all its records this much older, because the database's clock cannot be changed. */
    public void pass(UUID booking, Duration time) {
        String ago = time.toSeconds() + " seconds";
        sql.update("""
                WITH gone AS (SELECT cast(? AS interval) AS time, cast(? AS uuid) AS booking),
                     revisions AS (
                         UPDATE calendar_revision SET starts_at = starts_at - time, ends_at = ends_at - time,
                                                      revised_at = revised_at - time
                         FROM gone WHERE booking_id = booking),
                     reminders AS (
                         UPDATE reminder SET starts_at = starts_at - time, at = at - time
                         FROM gone WHERE booking_id = booking),
                     escalations AS (UPDATE escalation SET at = at - time FROM gone WHERE booking_id = booking)
                UPDATE notice SET starts_at = starts_at - time, ends_at = ends_at - time, created_at = created_at - time
                FROM gone WHERE booking_id = booking""", ago, booking);
    }

    /** The inbox of a branch about a booking. */
    public List<String> kinds(UUID branch, UUID booking) {
        return sql.list(
                "SELECT kind FROM notice WHERE branch_id = ? AND booking_id = ? ORDER BY sequence",
                row -> row.text("kind"),
                branch,
                booking);
    }

    public void awaitKinds(UUID branch, UUID booking, String... kinds) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(kinds(branch, booking)).containsExactly(kinds));
    }

    /** The outcome of the deliveries of one kind. */
    public List<String> deliveries(UUID branch, UUID booking, String kind) {
        return sql.list("""
                SELECT d.state || coalesce(' ' || d.reason, '') AS end FROM delivery d JOIN notice n ON n.id = d.notice_id
                WHERE n.branch_id = ? AND n.booking_id = ? AND n.kind = ? ORDER BY n.sequence""", row -> row.text("end"), branch, booking, kind);
    }
}
