package org.lectern.notification.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** Organizers are notified at once, and once, of every decline and silence of a lecturer that still matters. */
@ServiceTest
class LecturerAnswersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Inject
    Sql sql;

    @Inject
    Lectures lectures;

    private final UUID booking = UUID.randomUUID();
    private final UUID answer = UUID.randomUUID();
    private UUID organizers;
    private UUID host;
    private UUID lecturer;
    private Scheduler.Message confirmed;

    @BeforeEach
    void aLectureWithAQuestion() {
        organizers = lectures.branch("ORGANIZERS", null, "en");
        host = lectures.branch("LAT-" + UUID.randomUUID(), null, "en");
        lecturer = lectures.lecturer("L-" + UUID.randomUUID(), "en");
        confirmed = version("confirmed", 1);
    }

    @Test
    void decline_notifiesTheOrganizersAndNoBranch() {
        UUID mailbox = lectures.endpoint(organizers, true);
        lectures.told(confirmed, lecturer);
        send(1, "PENDING", confirmed);
        send(2, "DECLINED", confirmed);

        lectures.awaitKinds(organizers, booking, "LECTURER_DECLINED");
        assertThat(text("title")).startsWith("林晓岚 cannot take part: ");
        assertThat(text("body")).contains("that the lecture cannot be given", "Topic: 乡村振兴政策解读");
        assertThat(lectures.deliveries(organizers, booking, "LECTURER_DECLINED"))
                .hasSize(1);
        assertThat(mailbox).isNotNull();
        assertThat(lectures.kinds(host, booking)).containsExactly("CONFIRMED");
        assertThat(lectures.kinds(lecturer, booking)).containsExactly("CONFIRMED");
    }

    @Test
    void silence_notifiesTheOrganizers() {
        lectures.told(confirmed, lecturer);
        send(1, "PENDING", confirmed);
        send(2, "OVERDUE", confirmed);

        lectures.awaitKinds(organizers, booking, "LECTURER_SILENT");
        assertThat(text("title")).startsWith("林晓岚 has not accepted: ");
        assertThat(text("body")).contains("has not answered in time");
    }

    @Test
    void acceptanceAndConsent_notifyNoOrganizer() {
        lectures.told(confirmed, lecturer);
        send(1, "PENDING", confirmed);
        send(2, "CONSENTED", confirmed);
        send(3, "ACCEPTED", confirmed);

        awaitState("ACCEPTED");
        assertThat(lectures.kinds(organizers, booking)).isEmpty();
    }

    @Test
    void repeatedAndOldEvents_haveNoEffect() {
        lectures.told(confirmed, lecturer);
        Scheduler.Message declined = Scheduler.answer(answer, 2, "DECLINED", confirmed, lecturer);
        Scheduler.send(declined);
        lectures.awaitKinds(organizers, booking, "LECTURER_DECLINED");
        Scheduler.send(declined);
        send(1, "PENDING", confirmed);
        send(3, "DECLINED", confirmed); // for another reason
        send(4, "ACCEPTED", confirmed);
        Scheduler.send(declined);
        send(5, "ACCEPTED", confirmed);

        awaitVersion(5);
        assertThat(lectures.kinds(organizers, booking)).containsExactly("LECTURER_DECLINED");
    }

    @Test
    void declineAfterAnAcceptance_isNotifiedAgain() {
        lectures.told(confirmed, lecturer);
        send(2, "DECLINED", confirmed);
        lectures.awaitKinds(organizers, booking, "LECTURER_DECLINED");
        send(3, "ACCEPTED", confirmed);
        awaitState("ACCEPTED");
        send(4, "DECLINED", confirmed);

        lectures.awaitKinds(organizers, booking, "LECTURER_DECLINED", "LECTURER_DECLINED");
    }

    @Test
    void lectureReassignedBefore_leavesNoAlarm() {
        UUID next = lectures.lecturer("L-" + UUID.randomUUID(), "en");
        lectures.told(confirmed, lecturer);
        lectures.told(version("reassigned", 2).by(next).before(lecturer), next);
        send(2, "DECLINED", confirmed);

        awaitSettled();
        assertThat(lectures.kinds(organizers, booking)).isEmpty();
    }

    @Test
    void lectureMovedOrCancelledBefore_leavesNoAlarm() {
        lectures.told(confirmed, lecturer);
        lectures.told(Scheduler.version("rescheduled", booking, 2, host, 96).by(lecturer), lecturer);
        send(2, "DECLINED", confirmed);
        awaitSettled();

        Scheduler.Message cancelled =
                Scheduler.version("cancelled", booking, 3, host, 96).by(lecturer);
        lectures.told(cancelled, lecturer);
        send(3, "OVERDUE", cancelled);

        awaitSettled();
        assertThat(lectures.kinds(organizers, booking)).isEmpty();
    }

    @Test
    void answerBeforeItsLecture_waitsForIt() {
        send(2, "DECLINED", confirmed);
        awaitState("DECLINED");
        lectures.told(confirmed, lecturer);

        lectures.awaitKinds(organizers, booking, "LECTURER_DECLINED");
    }

    @Test
    void waitingMessage_isNotSentAfterAReassignmentOrAcceptance() {
        UUID off = lectures.endpoint(organizers, true);
        sql.update("UPDATE endpoint SET enabled = false WHERE id = ?", off);
        lectures.told(confirmed, lecturer);
        send(2, "DECLINED", confirmed);
        lectures.awaitKinds(organizers, booking, "LECTURER_DECLINED");
        assertThat(sent()).contains("PARKED");
        send(3, "ACCEPTED", confirmed);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sent()).doesNotContain("PARKED", "READY"));
        assertThat(sent()).contains("SUPERSEDED answered");
    }

    @Test
    void answer_endsEscalationOfTheNotice() {
        UUID notice = lectures.told(confirmed, lecturer);
        lectures.endpoint(lecturer, true);
        send(2, "ACCEPTED", confirmed);
        awaitState("ACCEPTED");
        lectures.pass(booking, Duration.ofHours(60));

        assertThat(sql.one("""
                SELECT count(*) AS waits FROM notice n WHERE n.id = ? AND NOT EXISTS (
                    SELECT 1 FROM lecturer_answer w WHERE w.booking_id = n.booking_id AND w.lecturer_id = n.branch_id
                      AND w.state IN ('ACCEPTED', 'DECLINED') AND w.booking_version <= n.version)""", row -> row.number("waits"), notice)).hasValue(0);
    }

    @Test
    void unreadableAnswer_isSetAsideAndBlocksNoOther() {
        lectures.told(confirmed, lecturer);
        Scheduler.Message unknown = Scheduler.answer(answer, 2, "PERHAPS", confirmed, lecturer);
        Scheduler.send(unknown);
        send(3, "DECLINED", confirmed);

        lectures.awaitKinds(organizers, booking, "LECTURER_DECLINED");
        assertThat(sql.list("SELECT reason FROM quarantine WHERE subject_id = ?", row -> row.text("reason"), answer))
                .containsExactly("data-does-not-fit");
    }

    private Scheduler.Message version(String type, int version) {
        return Scheduler.version(type, booking, version, host, 72).by(lecturer);
    }

    private void send(int version, String state, Scheduler.Message lecture) {
        Scheduler.send(Scheduler.answer(answer, version, state, lecture, lecturer));
    }

    private void awaitState(String state) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stored("state")).containsExactly(state));
    }

    private void awaitVersion(int version) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(stored("cast(version AS text)")).containsExactly(Integer.toString(version)));
    }

    private void awaitSettled() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stored("cast(settled AND state IN ('DECLINED', 'OVERDUE') AS text)"))
                        .containsExactly("true"));
    }

    private List<String> stored(String what) {
        return sql.list(
                "SELECT " + what + " AS what FROM lecturer_answer WHERE booking_id = ?",
                row -> row.text("what"),
                booking);
    }

    private List<String> sent() {
        return lectures.deliveries(organizers, booking, "LECTURER_DECLINED");
    }

    private String text(String column) {
        return sql.one(
                        "SELECT " + column + " FROM notice WHERE branch_id = ? AND booking_id = ?",
                        row -> row.text(column),
                        organizers,
                        booking)
                .orElseThrow();
    }
}
