package org.lectern.notification.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/**
 * Changes in quick succession coalesce into one message with the final state; here a delivery is due only when a test
 * says so.
 */
@ServiceTest
@TestProfile(CoalescingTest.Patient.class)
class CoalescingTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    /** Coalesces for longer than any test takes. */
    public static final class Patient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("lectern.delivery.coalescing-window", "10m");
        }
    }

    @Inject
    Sql sql;

    @Inject
    MoodyReceiver receiver;

    @Inject
    SlowReceiver slow;

    private UUID branch;
    private UUID booking;
    private String address;

    @BeforeEach
    void aBranchThatIsReached() {
        branch = Scheduler.branch("GAT-" + UUID.randomUUID(), null, "en");
        booking = UUID.randomUUID();
        address = "receiver-" + UUID.randomUUID();
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.operator())
                        .get("/api/v1/branches/" + branch + "/endpoints")
                        .then()
                        .statusCode(200));
        endpoint("moody", address);
    }

    @Test
    void severalChanges_becomeOneMessage() {
        tell(version("confirmed", 1, 72));
        due();
        await().atMost(LONG).untilAsserted(() -> assertThat(letters()).hasSize(1));

        tell(version("rescheduled", 2, 96));
        tell(version("rescheduled", 3, 120));
        var last = version("reassigned", 4, 120);
        ((ObjectNode) last.data().get("lecturer"))
                .put("id", UUID.randomUUID().toString())
                .put("name", "周启明");
        tell(last);
        due();
        await().atMost(LONG).untilAsserted(() -> assertThat(letters()).hasSize(2));

        OutgoingMessage letter = letters().getLast();
        assertThat(letter.title()).isEqualTo("Lecture changed: 乡村振兴政策解读");
        assertThat(letter.body().lines())
                .anySatisfy(line -> assertThat(line).startsWith("New time: ").contains(time(120)))
                .anySatisfy(line -> assertThat(line).startsWith("Before: ").contains(time(72)))
                .contains(
                        "Lecturer: 周启明 (before: 林晓岚)",
                        "Reason: " + last.data().get("reason").textValue());
        assertThat(letter.body()).doesNotContain(time(96));
        assertThat(about(letter).version()).isEqualTo(4);
        assertThat(about(letter).kind()).isEqualTo("REASSIGNED");
        assertThat(states()).containsExactly("DELIVERED", "SUPERSEDED", "SUPERSEDED", "DELIVERED");
        assertThat(kindsInTheInbox()).containsExactly("CONFIRMED", "RESCHEDULED", "RESCHEDULED", "REASSIGNED");
        assertThat(inbox().getLast())
                .as("the inbox and the link say what the message said")
                .isEqualTo(letter.title() + "\n" + letter.body());
        given().auth()
                .oauth2(Tokens.operator())
                .queryParam("branchId", branch.toString())
                .queryParam("state", "SUPERSEDED")
                .get("/api/v1/deliveries")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[0].reason", equalTo("superseded"))
                .body("items[0].attemptCount", equalTo(0))
                .body("items[0].supersededBy", notNullValue());
    }

    @Test
    void unannouncedLectureThatIsCancelled_isNotAnnounced() {
        tell(version("confirmed", 1, 72));
        tell(version("rescheduled", 2, 96));
        tell(version("cancelled", 3, 96));
        due();

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(states()).containsExactly("SUPERSEDED", "SUPERSEDED", "SUPERSEDED"));
        assertThat(letters()).isEmpty();
        assertThat(kindsInTheInbox()).containsExactly("CONFIRMED", "CONFIRMED", "CANCELLED");
        given().auth()
                .oauth2(Tokens.operator())
                .queryParam("branchId", branch.toString())
                .get("/api/v1/deliveries")
                .then()
                .body("items[0].reason", equalTo("nothing-to-tell"))
                .body("items[0].supersededBy", nullValue())
                .body("items[1].reason", equalTo("superseded"));
        given().auth()
                .oauth2(Tokens.operator())
                .get("/api/v1/bookings/" + booking + "/unreached")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
    }

    @Test
    void noticeReadInTheInbox_isCorrected() {
        tell(version("confirmed", 1, 72));
        sql.update("UPDATE notice SET read_at = now() WHERE branch_id = ?", branch);
        tell(version("cancelled", 2, 72));
        due();

        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("SUPERSEDED", "DELIVERED"));
        assertThat(letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.title()).isEqualTo("Lecture cancelled: 乡村振兴政策解读"));
    }

    @Test
    void unannouncedLectureThatMoved_isAnnouncedAtItsNewTime() {
        tell(version("confirmed", 1, 72));
        tell(version("rescheduled", 2, 96));
        due();

        await().atMost(LONG).untilAsserted(() -> assertThat(letters()).hasSize(1));
        OutgoingMessage letter = letters().getFirst();
        assertThat(letter.title()).isEqualTo("Lecture confirmed: 乡村振兴政策解读");
        assertThat(letter.body()).contains("Time: ").contains(time(96)).doesNotContain("Before", time(72));
        assertThat(about(letter).kind()).isEqualTo("CONFIRMED");
        assertThat(about(letter).version()).isEqualTo(2);
    }

    @Test
    void aCancellationNamesTheTimeTheBranchKnows() {
        tell(version("confirmed", 1, 72));
        due();
        await().atMost(LONG).untilAsserted(() -> assertThat(letters()).hasSize(1));
        tell(version("rescheduled", 2, 96));
        tell(version("cancelled", 3, 96));
        due();

        await().atMost(LONG).untilAsserted(() -> assertThat(letters()).hasSize(2));
        assertThat(letters().getLast().title()).isEqualTo("Lecture cancelled: 乡村振兴政策解读");
        assertThat(letters().getLast().body())
                .contains("Time: ")
                .contains(time(72))
                .doesNotContain(time(96));
    }

    @Test
    void changeThatWasUndone_isNotAnnounced() {
        tell(version("confirmed", 1, 72));
        due();
        await().atMost(LONG).untilAsserted(() -> assertThat(letters()).hasSize(1));
        tell(from(72, version("rescheduled", 2, 96)));
        tell(from(96, version("rescheduled", 3, 72)));
        due();

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED", "SUPERSEDED", "SUPERSEDED"));
        assertThat(letters()).hasSize(1);
        assertThat(inbox().getLast())
                .startsWith("Lecture confirmed: ")
                .contains(time(72))
                .doesNotContain(time(96));
        assertThat(silent()).as("the branch is still to acknowledge").containsExactly(false, false, false);
    }

    @Test
    void undoneChange_needsNoNewAcknowledgement() {
        tell(version("confirmed", 1, 72));
        due();
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
        given().auth()
                .oauth2(Tokens.organizer())
                .post("/api/v1/notices/" + about(letters().getFirst()).noticeId() + "/acknowledgement")
                .then()
                .statusCode(200);
        tell(from(72, version("rescheduled", 2, 96)));
        tell(from(96, version("rescheduled", 3, 72)));

        assertThat(states()).containsExactly("DELIVERED", "SUPERSEDED", "SUPERSEDED");
        assertThat(silent()).containsExactly(false, false, true);
    }

    @Test
    void undoneChangeThatWasRead_isAnnouncedAsChange() {
        tell(version("confirmed", 1, 72));
        due();
        await().atMost(LONG).untilAsserted(() -> assertThat(letters()).hasSize(1));
        tell(from(72, version("rescheduled", 2, 96)));
        sql.update("UPDATE notice SET read_at = now() WHERE branch_id = ? AND version = 2", branch);
        tell(from(96, version("rescheduled", 3, 72)));
        due();

        await().atMost(LONG).untilAsserted(() -> assertThat(letters()).hasSize(2));
        assertThat(letters().getLast().title()).startsWith("Lecture moved: ");
        assertThat(letters().getLast().body().lines())
                .anySatisfy(line -> assertThat(line).startsWith("New time: ").contains(time(72)))
                .anySatisfy(line -> assertThat(line).startsWith("Before: ").contains(time(96)));
    }

    @Test
    void lecturerReplacedAndBack_isNotAnnounced() {
        var first = version("confirmed", 1, 72);
        tell(first);
        due();
        await().atMost(LONG).untilAsserted(() -> assertThat(letters()).hasSize(1));
        var replaced = version("reassigned", 2, 72);
        ((ObjectNode) replaced.data().get("lecturer"))
                .put("id", UUID.randomUUID().toString())
                .put("name", "周启明");
        tell(replaced);
        tell(version("reassigned", 3, 72)
                .with("lecturer", first.data().get("lecturer"))
                .with("venue", first.data().get("venue")));
        due();

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED", "SUPERSEDED", "SUPERSEDED"));
    }

    @Test
    void laggingEndpoint_isNotifiedOfTheNetState() {
        UUID behind = endpoint("moody", "behind-" + UUID.randomUUID());
        sql.update("UPDATE endpoint SET enabled = false WHERE id = ?", behind);
        tell(version("confirmed", 1, 72));
        due();
        await().atMost(LONG).untilAsserted(() -> assertThat(letters()).hasSize(1));
        tell(from(72, version("rescheduled", 2, 96)));
        tell(from(96, version("rescheduled", 3, 72)));

        assertThat(states(behind)).containsExactly("SUPERSEDED", "SUPERSEDED", "PARKED");
        assertThat(inbox().getLast()).startsWith("Lecture confirmed: ").contains(time(72));
    }

    @Test
    void cancellationAfterUnannouncedMove_agreesInTextAndCalendar() {
        tell(version("confirmed", 1, 72));
        due();
        await().atMost(LONG).untilAsserted(() -> assertThat(letters()).hasSize(1));
        tell(from(72, version("rescheduled", 2, 96)));
        tell(version("cancelled", 3, 96));
        due();

        await().atMost(LONG).untilAsserted(() -> assertThat(letters()).hasSize(2));
        OutgoingMessage letter = letters().getLast();
        assertThat(letter.body()).contains(time(72)).doesNotContain(time(96));
        assertThat(about(letter).start()).isEqualTo(start(72));
        assertThat(sql.one(
                        "SELECT starts_at FROM calendar_revision WHERE notice_id = ?",
                        row -> row.time("starts_at"),
                        about(letter).noticeId()))
                .hasValue(start(72));
        assertThat(inbox().getLast()).isEqualTo(letter.title() + "\n" + letter.body());
    }

    @Test
    void urgentChange_includesWaitingChanges() {
        tell(version("confirmed", 1, 72));
        tell(version("rescheduled", 2, 5));

        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("SUPERSEDED", "DELIVERED"));
        assertThat(letters().getFirst().urgent()).isTrue();
        assertThat(letters().getFirst().title()).isEqualTo("Lecture confirmed: 乡村振兴政策解读");
    }

    @Test
    void moveAwayFromANearTime_isUrgent() {
        tell(version("confirmed", 1, 5));
        await().atMost(LONG).untilAsserted(() -> assertThat(letters()).hasSize(1));
        tell(from(5, version("rescheduled", 2, 240)));

        await().atMost(LONG).untilAsserted(() -> assertThat(letters()).hasSize(2));
        assertThat(letters().getLast().urgent()).isTrue();
    }

    @Test
    void messageUnderWay_isFollowedByTheNews() {
        UUID endpoint = endpoint("slow", "receiver");
        slow.first = new CountDownLatch(1);
        tell(version("confirmed", 1, 72));
        due();
        await().atMost(LONG).untilAsserted(() -> assertThat(states(endpoint)).containsExactly("LEASED"));
        tell(version("rescheduled", 2, 96));
        tell(version("cancelled", 3, 96));
        assertThat(states(endpoint)).containsExactly("LEASED", "SUPERSEDED", "READY");
        CountDownLatch waiting = slow.first;
        slow.first = null;
        assertThat(waiting).isNotNull();
        waiting.countDown();
        due();

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(states(endpoint)).containsExactly("DEAD", "SUPERSEDED", "DELIVERED"));
    }

    @Test
    void parkedDeliveries_areCoalesced() {
        sql.update("UPDATE endpoint SET enabled = false WHERE branch_id = ?", branch);
        tell(version("confirmed", 1, 72));
        tell(version("rescheduled", 2, 96));
        tell(version("rescheduled", 3, 120));

        assertThat(states()).containsExactly("SUPERSEDED", "SUPERSEDED", "PARKED");
        assertThat(sql.one(
                        "SELECT title FROM notice WHERE branch_id = ? ORDER BY sequence DESC LIMIT 1",
                        row -> row.text("title"),
                        branch))
                .hasValue("Lecture confirmed: 乡村振兴政策解读");
    }

    /** Deliveries come due and are claimed while newer ones supersede them. */
    @Test
    void concurrentClaims_sendTheLastStateOnce() throws Exception {
        List<UUID> bookings =
                IntStream.range(0, 40).mapToObj(i -> UUID.randomUUID()).toList();
        int versions = 6;
        CountDownLatch sent = new CountDownLatch(1);
        Thread hurry = Thread.ofVirtual().start(() -> {
            while (sent.getCount() > 0) {
                due();
            }
        });
        for (int version = 1; version <= versions; version++) {
            for (UUID each : bookings) {
                Scheduler.send(
                        version == 1
                                ? Scheduler.version("confirmed", each, 1, branch, 72)
                                : from(
                                        68 + 2 * version,
                                        Scheduler.version("rescheduled", each, version, branch, 70 + 2 * version)));
            }
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(kindsInTheInbox()).hasSize(bookings.size() * versions));
        sent.countDown();
        hurry.join();
        await().atMost(LONG).untilAsserted(() -> {
            due(); // skips locked rows
            assertThat(states()).containsOnly("DELIVERED", "SUPERSEDED");
        });

        for (UUID each : bookings) {
            List<OutgoingMessage> told = letters().stream()
                    .filter(letter -> letter.subjectId().equals(each))
                    .toList();
            assertThat(told).isNotEmpty();
            assertThat(told)
                    .extracting(letter -> about(letter).version())
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(about(told.getLast()).version()).isEqualTo(versions);
            assertThat(told.getFirst().title()).startsWith("Lecture confirmed: ");
            assertThat(told.stream().skip(1)).allMatch(letter -> letter.title().startsWith("Lecture moved: "));
            for (int i = 1; i < told.size(); i++) {
                String before = time(70 + 2 * about(told.get(i - 1)).version());
                assertThat(told.get(i).body().lines())
                        .as("names the state of the message before it")
                        .anyMatch(line -> line.startsWith("Before: ") && line.contains(before));
            }
        }
    }

    private static OutgoingMessage.About about(OutgoingMessage letter) {
        OutgoingMessage.About about = letter.about();
        assertThat(about).isNotNull();
        return about;
    }

    private Scheduler.Message version(String type, int version, long hoursAhead) {
        return Scheduler.version(type, booking, version, branch, hoursAhead);
    }

    /** Sends the event and waits until its notice is in the inbox. */
    private void tell(Scheduler.Message message) {
        Scheduler.send(message);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(sql.list(
                                "SELECT version FROM notice WHERE branch_id = ? AND booking_id = ?",
                                row -> row.number("version"),
                                branch,
                                message.subject()))
                        .contains(message.version()));
    }

    /** Ends the coalescing period. */
    private void due() {
        sql.update("""
                UPDATE delivery SET next_attempt_at = now() WHERE id IN (
                    SELECT id FROM delivery WHERE branch_id = ? AND state = 'READY' FOR UPDATE SKIP LOCKED)""", branch);
    }

    private List<OutgoingMessage> letters() {
        return receiver.letters(address);
    }

    private List<String> states() {
        return sql.list(
                "SELECT state FROM delivery WHERE branch_id = ? ORDER BY sequence", row -> row.text("state"), branch);
    }

    private List<String> states(UUID endpoint) {
        return sql.list(
                "SELECT state FROM delivery WHERE endpoint_id = ? ORDER BY sequence",
                row -> row.text("state"),
                endpoint);
    }

    private List<String> kindsInTheInbox() {
        return sql.list(
                "SELECT kind FROM notice WHERE branch_id = ? ORDER BY sequence", row -> row.text("kind"), branch);
    }

    /** Titles and texts, oldest first. */
    private List<String> inbox() {
        return sql.list(
                "SELECT title || chr(10) || body AS text FROM notice WHERE branch_id = ? ORDER BY sequence",
                row -> row.text("text"),
                branch);
    }

    private List<Boolean> silent() {
        return sql.list(
                "SELECT silent FROM notice WHERE branch_id = ? ORDER BY sequence", row -> row.flag("silent"), branch);
    }

    private UUID endpoint(String channel, String at) {
        UUID id = UUID.randomUUID();
        sql.update("""
                INSERT INTO endpoint (id, branch_id, channel, address, enabled, version, created_at, updated_at)
                VALUES (?, ?, ?, ?, true, 1, now(), now())""", id, branch, channel, at);
        return id;
    }

    /** A move from a start that was this number of hours ahead. */
    private static Scheduler.Message from(long hoursAhead, Scheduler.Message moved) {
        Instant before = start(hoursAhead);
        ((ObjectNode) moved.data().get("before"))
                .put("start", before.toString())
                .put("end", before.plus(Duration.ofHours(2)).toString());
        return moved;
    }

    private static Instant start(long hoursAhead) {
        return Instant.parse(Scheduler.version("confirmed", UUID.randomUUID(), 1, UUID.randomUUID(), hoursAhead)
                .data()
                .get("start")
                .textValue());
    }

    /** The start of a lecture this number of hours ahead, formatted as in notices. */
    private static String time(long hoursAhead) {
        return DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm", Locale.ENGLISH)
                .format(start(hoursAhead).atZone(ZoneId.of("Asia/Shanghai")));
    }
}
