package org.lectern.scheduler.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.logging.Log;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.booking.BookingDoor;
import org.lectern.scheduler.booking.batch.BulkDoor;
import org.lectern.scheduler.proof.Chronicle.Version;
import org.lectern.scheduler.proof.Judge.Complaint;
import org.lectern.scheduler.request.RequestDoor;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.transfer.TransferDoor;

/**
 * Thousands of random concurrent changes against real PostgreSQL leave no conflict in the history. The log names the
 * seed. {@code -Dlectern.proof.seed=…}, {@code -Dlectern.proof.operations=…} and {@code -Dlectern.proof.threads=…} set
 * another run. The number of operations bounds the work, not the time, so a slow machine proves as much.
 */
@Tag("proof")
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
@TestProfile(NoConflictsUnderLoadTest.ShortHolds.class)
class NoConflictsUnderLoadTest {

    /** Holds that expire while the test runs, and few proposals, which leaves more time for changes. */
    public static final class ShortHolds implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "lectern.booking.holds.min-duration", "PT0.1S",
                    "lectern.availability.search-hours", "18:00-20:00",
                    "lectern.requests.min-lead-time", "PT1S",
                    "lectern.requests.offer-duration", "PT5S",
                    "lectern.booking.holds.max-per-organizer", "0",
                    "lectern.booking.holds.sweep-interval", "1s");
        }
    }

    @Inject
    City city;

    @Inject
    BookingDoor door;

    @Inject
    BulkDoor bulk;

    @Inject
    TransferDoor transfers;

    @Inject
    RequestDoor requests;

    @Inject
    DataSource database;

    @Test
    void concurrentChanges_leaveNoConflict() throws Exception {
        long seed = Long.getLong("lectern.proof.seed", System.nanoTime());
        Log.infof("Proof with -Dlectern.proof.seed=%d", seed);
        var crowd = new Crowd(city, door, new Office.Doors(bulk, transfers, requests));

        crowd.run(
                seed,
                Integer.getInteger("lectern.proof.threads", 12),
                Integer.getInteger("lectern.proof.operations", 3000));

        Log.infof("Seed %d: %s", seed, crowd.outcomes().counts());
        assertThat(crowd.outcomes().surprises()).as("seed %d", seed).isEmpty();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> city.count(
                                "SELECT count(*) FROM booking WHERE status = 'HELD' AND lecturer_id = ANY ("
                                        + "SELECT id FROM lecturer WHERE cast(id AS text) = ANY (string_to_array(?, ',')))",
                                String.join(
                                        ",",
                                        crowd.lecturers().stream()
                                                .map(Object::toString)
                                                .toList()))
                        == 0);
        Chronicle chronicle = Chronicle.read(database, crowd.lecturers());
        List<Complaint> complaints = Judge.judge(
                crowd.world(),
                chronicle,
                crowd.outcomes().acknowledged(),
                crowd.outcomes().refused());
        assertThat(complaints).as("seed %d", seed).isEmpty();
        assertThatItWasHardEnough(crowd, chronicle);
        assertThatTheTablesAgree(crowd, chronicle);
    }

    /** A proof without competition would prove nothing. */
    private static void assertThatItWasHardEnough(Crowd crowd, Chronicle chronicle) {
        assertThat(crowd.outcomes().acknowledged().size()).isGreaterThan(300);
        assertThat(crowd.outcomes().counts().keySet())
                .contains(
                        "book done",
                        "book lecturer-occupied",
                        "book venue-occupied",
                        "book lecturer-travel",
                        "change done",
                        "change branch-occupied",
                        "amend done",
                        "reschedule done",
                        "reassign done",
                        "join done",
                        "cancel done",
                        "exchange done",
                        "substituted",
                        "changed together",
                        "handed over",
                        "take done",
                        "replayed");
        assertThat(chronicle.versions()).extracting(Version::action).contains("EXPIRED", "CONFIRMED", "HELD");
    }

    /** The booking that readers get equals the last version of the history. */
    private void assertThatTheTablesAgree(Crowd crowd, Chronicle chronicle) {
        String ours = String.join(
                ",", crowd.lecturers().stream().map(Object::toString).toList());
        assertThat(city.count("""
                        SELECT count(*) FROM booking b
                        LEFT JOIN LATERAL (SELECT * FROM audit_entry h WHERE h.kind = 'BOOKING' AND h.subject = cast(b.id AS text)
                                           ORDER BY version DESC LIMIT 1) h ON true
                        WHERE cast(b.lecturer_id AS text) = ANY (string_to_array(?, ','))
                          AND (b.version, b.status, cast(b.lecturer_id AS text), b.occupied_from, b.occupied_until)
                              IS DISTINCT FROM
                              (h.version, h.state ->> 'status', h.state -> 'lecturer' ->> 'id',
                               cast(h.state ->> 'occupiedFrom' AS timestamptz), cast(h.state ->> 'occupiedUntil' AS timestamptz))""", ours)).isZero();
        assertThat(city.count("""
                        SELECT count(*) FROM booking b
                        WHERE cast(b.lecturer_id AS text) = ANY (string_to_array(?, ','))
                          AND (SELECT array_agg(cast(branch_id AS text) ORDER BY branch_id) FROM booking_branch
                               WHERE booking_id = b.id AND guest)
                              IS DISTINCT FROM
                              (SELECT array_agg(g ->> 'id' ORDER BY cast(g ->> 'id' AS uuid))
                               FROM (SELECT state FROM audit_entry h WHERE h.kind = 'BOOKING' AND h.subject = cast(b.id AS text)
                                     ORDER BY version DESC LIMIT 1) h,
                                    jsonb_array_elements(h.state -> 'guests') g)""", ours)).isZero();
        assertThat(chronicle.versions()).isNotEmpty();
    }
}
