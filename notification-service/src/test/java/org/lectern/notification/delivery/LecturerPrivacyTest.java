package org.lectern.notification.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** Where a lecturer is reached stays with its endpoint: on no topic, in no log, in no view of another recipient. */
@ServiceTest
class LecturerPrivacyTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Inject
    Sql sql;

    @Inject
    Lectures lectures;

    @Inject
    MoodyReceiver receiver;

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getMessage() + " " + List.of(String.valueOf(record.getThrown())) + " "
                    + (record.getParameters() == null ? "" : List.of(record.getParameters())));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void logIsRead() {
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void logIsLeft() {
        Logger.getLogger("").removeHandler(log);
    }

    @Test
    void contactData_leavesItsEndpointByMessagesOnly() {
        MailServer.up();
        String canary = "canary-" + UUID.randomUUID();
        String branchCode = "PRV-" + UUID.randomUUID();
        UUID branch = lectures.branch(branchCode, null, "en");
        UUID lecturer = lectures.lecturer("L-" + UUID.randomUUID(), "en");
        String mailbox = canary + "@lecturers.example.org";
        lectures.mailbox(lecturer, mailbox, true, false);
        receiver.answers(canary, new DeliveryOutcome.Failed("refused"));
        sql.update("""
                INSERT INTO endpoint (id, branch_id, channel, address, enabled, version, created_at, updated_at)
                VALUES (uuidv7(), ?, 'moody', ?, true, 1, now(), now())""", lecturer, canary);
        UUID booking = UUID.randomUUID();
        lectures.told(Scheduler.version("confirmed", booking, 1, branch, 72).by(lecturer), lecturer);
        lectures.told(Scheduler.version("cancelled", booking, 2, branch, 72).by(lecturer), lecturer);
        await().atMost(PATIENCE).until(() -> MailServer.mails(mailbox).size() == 2);
        await().atMost(PATIENCE)
                .until(() -> sql.one(
                                        "SELECT count(*) AS count FROM delivery WHERE branch_id = ? AND state = 'DEAD'",
                                        row -> row.number("count"),
                                        lecturer)
                                .orElse(0)
                        == 2);

        assertThat(sql.list("SELECT data FROM outbox", row -> row.text("data")))
                .as("events")
                .noneMatch(data -> data.contains(canary) || data.contains(lecturer.toString()));
        assertThat(sql.list(
                        "SELECT title || body AS text FROM notice WHERE booking_id = ?",
                        row -> row.text("text"),
                        booking))
                .as("notices")
                .noneMatch(text -> text.contains(canary));
        for (String path : List.of("/notices", "/endpoints", "/calendar-answers")) {
            assertThat(given().auth()
                            .oauth2(Tokens.branch(branchCode))
                            .get("/api/v1/branches/" + branch + path)
                            .asString())
                    .as(path)
                    .doesNotContain(canary, lecturer.toString());
        }
        assertThat(given().auth()
                        .oauth2(Tokens.organizer())
                        .get("/api/v1/deliveries?bookingId=" + booking)
                        .asString())
                .as("the delivery log masks addresses")
                .contains(lecturer.toString())
                .doesNotContain(canary);
        assertThat(logged).as("logs").noneMatch(line -> line.contains(canary));
    }
}
