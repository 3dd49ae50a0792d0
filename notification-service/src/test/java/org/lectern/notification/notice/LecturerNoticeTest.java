package org.lectern.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** Lecturers are notified of their lectures by the same mechanism as branches. */
@ServiceTest
class LecturerNoticeTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Sql sql;

    @Inject
    Lectures lectures;

    private final UUID booking = UUID.randomUUID();

    @Test
    void lecturer_isNotifiedOfEveryChange() {
        UUID host = branch();
        UUID lecturer = lecturer("en");
        Scheduler.send(version("confirmed", 1, host).by(lecturer));
        Scheduler.send(version("rescheduled", 2, host).by(lecturer));
        Scheduler.send(version("cancelled", 3, host).by(lecturer));

        awaitKinds(lecturer, "CONFIRMED", "RESCHEDULED", "CANCELLED");
        awaitKinds(host, "CONFIRMED", "RESCHEDULED", "CANCELLED");
        List<String> titles = column("title", lecturer);
        assertThat(titles.get(0)).startsWith("You give a lecture: ");
        assertThat(titles.get(1)).startsWith("Your lecture moved: ");
        assertThat(titles.get(2)).startsWith("Your lecture is cancelled: ");
        assertThat(column("body", lecturer))
                .allSatisfy(body -> assertThat(body)
                        .contains("Venue: ", "Map: https://", "\nHost: 青石村")
                        .doesNotContain("Lecturer: ", "Guest: ", "Branch: "));
        assertThat(column("body", host)).allSatisfy(body -> assertThat(body).doesNotContain("Map: "));
    }

    @Test
    void lecturerReadingChinese_isNotifiedInChinese() {
        UUID lecturer = lecturer("zh-CN");
        Scheduler.send(version("confirmed", 1, branch()).by(lecturer));

        awaitKinds(lecturer, "CONFIRMED");
        assertThat(column("title", lecturer).getFirst()).startsWith("您有一场宣讲：");
        assertThat(column("body", lecturer).getFirst()).contains("地点：", "地图：https://", "主办单位：青石村");
    }

    @Test
    void reassignment_notifiesTheFormerAndTheNewLecturer() {
        UUID host = branch();
        UUID former = lecturer("en");
        UUID next = lecturer("en");
        Scheduler.send(version("confirmed", 1, host).by(former));
        Scheduler.send(version("reassigned", 2, host).by(next).before(former));
        Scheduler.send(version("cancelled", 3, host).by(next));

        awaitKinds(next, "CONFIRMED", "CANCELLED");
        awaitKinds(former, "CONFIRMED", "CANCELLED");
        awaitKinds(host, "CONFIRMED", "REASSIGNED", "CANCELLED");
        assertThat(column("title", former).getLast()).startsWith("No longer your lecture: ");
        assertThat(column("body", former).getLast()).contains("You need not come.");
        assertThat(column("title", next).getFirst()).startsWith("You give a lecture: ");
    }

    @Test
    void lectureGivenBack_isBookedAgain() {
        UUID host = branch();
        UUID first = lecturer("en");
        UUID second = lecturer("en");
        Scheduler.send(version("confirmed", 1, host).by(first));
        Scheduler.send(version("reassigned", 2, host).by(second).before(first));
        Scheduler.send(version("reassigned", 3, host).by(first).before(second));

        awaitKinds(first, "CONFIRMED", "CANCELLED", "CONFIRMED");
        awaitKinds(second, "CONFIRMED", "CANCELLED");
    }

    @Test
    void holdsGuestsAndNotes_doNotNotifyLecturers() {
        UUID host = branch();
        UUID guest = branch();
        UUID lecturer = lecturer("en");
        Scheduler.send(version("held", 1, host).by(lecturer));
        Scheduler.send(version("confirmed", 2, host).by(lecturer));
        Scheduler.send(version("guests-changed", 3, host)
                .by(lecturer)
                .with("guests", JSON.createArrayNode().add(guest(guest)))
                .with("joined", JSON.createArrayNode().add(guest(guest)))
                .with("left", JSON.createArrayNode()));
        Scheduler.send(version("rescheduled", 4, host)
                .by(lecturer)
                .with("guests", JSON.createArrayNode().add(guest(guest)))
                .with("before", JSON.createObjectNode())
                .with("changed", JSON.createArrayNode().add("note")));
        Scheduler.send(version("cancelled", 5, host)
                .by(lecturer)
                .with("guests", JSON.createArrayNode().add(guest(guest))));

        awaitKinds(lecturer, "CONFIRMED", "CANCELLED");
    }

    @Test
    void newNameOfTheLecturer_notifiesBranchesOnly() {
        UUID host = branch();
        UUID lecturer = lecturer("en");
        Scheduler.send(version("confirmed", 1, host).by(lecturer));
        Scheduler.send(version("reassigned", 2, host)
                .by(lecturer)
                .before(lecturer)
                .with("changed", JSON.createArrayNode().add("lecturer")));
        Scheduler.send(version("cancelled", 3, host).by(lecturer));

        awaitKinds(host, "CONFIRMED", "REASSIGNED", "CANCELLED");
        awaitKinds(lecturer, "CONFIRMED", "CANCELLED");
    }

    @Test
    void unknownLecturer_delaysNoBranchAndIsNotifiedLater() {
        UUID host = branch();
        UUID late = UUID.randomUUID();
        Scheduler.send(version("confirmed", 1, host).by(late));
        Scheduler.send(version("rescheduled", 2, host).by(late));
        awaitKinds(host, "CONFIRMED", "RESCHEDULED");

        Scheduler.send(Scheduler.lecturer(late, "L-" + late, "en", 1));
        Scheduler.send(version("cancelled", 3, host).by(late));

        awaitKinds(late, "CONFIRMED", "RESCHEDULED", "CANCELLED");
        awaitKinds(host, "CONFIRMED", "RESCHEDULED", "CANCELLED");
        assertThat(sql.one(
                        "SELECT count(*) AS kept FROM awaited_lecturer WHERE subject_id = ?",
                        row -> row.number("kept"),
                        booking))
                .hasValue(0);
    }

    @Test
    void everyNotice_hasOneDeliveryPerEndpoint() {
        UUID host = branch();
        UUID lecturer = lecturer("en");
        UUID one = lectures.endpoint(lecturer, true);
        UUID other = lectures.endpoint(lecturer, true);
        Scheduler.send(version("confirmed", 1, host).by(lecturer));
        Scheduler.send(version("cancelled", 2, host).by(lecturer));

        awaitKinds(lecturer, "CONFIRMED", "CANCELLED");
        assertThat(sql.list("""
                SELECT n.kind || ' ' || d.endpoint_id AS sent FROM delivery d JOIN notice n ON n.id = d.notice_id
                WHERE d.branch_id = ?""", row -> row.text("sent"), lecturer))
                .containsExactlyInAnyOrder(
                        "CONFIRMED " + one, "CONFIRMED " + other, "CANCELLED " + one, "CANCELLED " + other);
    }

    private UUID branch() {
        return Scheduler.branch("LNT-" + UUID.randomUUID(), null, "en");
    }

    private UUID lecturer(String locale) {
        return lectures.lecturer("L-" + UUID.randomUUID(), locale);
    }

    private Scheduler.Message version(String type, int version, UUID host) {
        return Scheduler.version(type, booking, version, host, 72);
    }

    private static ObjectNode guest(UUID id) {
        return JSON.createObjectNode()
                .put("id", id.toString())
                .put("code", "GST")
                .put("name", "白溪村");
    }

    private void awaitKinds(UUID recipient, String... kinds) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(column("kind", recipient)).containsExactly(kinds));
    }

    private List<String> column(String column, UUID recipient) {
        return sql.list(
                "SELECT " + column + " FROM notice WHERE branch_id = ? ORDER BY sequence",
                row -> row.text(column),
                recipient);
    }
}
