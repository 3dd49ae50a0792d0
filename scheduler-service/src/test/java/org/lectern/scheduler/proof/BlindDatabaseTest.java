package org.lectern.scheduler.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.booking.BookingDoor;
import org.lectern.scheduler.booking.batch.BulkDoor;
import org.lectern.scheduler.proof.Judge.Complaint;
import org.lectern.scheduler.proof.Judge.Kind;
import org.lectern.scheduler.request.RequestDoor;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.ScratchStack;
import org.lectern.scheduler.transfer.TransferDoor;

/**
 * The counter-proof: the same load on a database with one guard removed, in its own schema. The judge finds the
 * violation that each guard prevents. So the guard keeps the promise, and the judge would detect a violation.
 */
@Tag("proof")
@QuarkusTest
@QuarkusTestResource(value = ScratchStack.class, restrictToAnnotatedClass = true)
@TestProfile(BlindDatabaseTest.Scratch.class)
class BlindDatabaseTest {

    /** The settings of the proof, without publishing. */
    public static final class Scratch implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings =
                    new HashMap<>(new NoConflictsUnderLoadTest.ShortHolds().getConfigOverrides());
            settings.put("lectern.outbox.relay-enabled", "false");
            settings.put("quarkus.hibernate-orm.schema-management.strategy", "none");
            return settings;
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
    void missingGuard_isDetected() throws Exception {
        assertThat(city.count("SELECT count(*) FROM pg_constraint WHERE conname = 'lecturer_occupied'"
                        + " AND connamespace = cast('scratch' AS regnamespace)"))
                .as("the service works in the scratch schema")
                .isEqualTo(1);
        assertThat(batch()).isEmpty();

        city.run("CREATE OR REPLACE FUNCTION scratch.travel_shortfalls(itself uuid, of_lecturer uuid, venue uuid,"
                + " host uuid, taken_from timestamptz, taken_until timestamptz) RETURNS TABLE (neighbour uuid,"
                + " comes_before boolean, minutes_needed integer, minutes_available integer) LANGUAGE sql AS"
                + " $$ SELECT NULL::uuid, true, 0, 0 WHERE false $$");
        assertThat(complaintsUntil(Kind.TRAVEL)).containsExactly(Kind.TRAVEL);

        city.run("ALTER TABLE scratch.booking_branch DROP CONSTRAINT branch_occupied");
        assertThat(complaintsUntil(Kind.BRANCH)).contains(Kind.BRANCH).doesNotContain(Kind.VENUE, Kind.LECTURER);

        city.run("ALTER TABLE scratch.booking DROP CONSTRAINT venue_occupied");
        assertThat(complaintsUntil(Kind.VENUE)).contains(Kind.VENUE).doesNotContain(Kind.LECTURER);

        city.run("ALTER TABLE scratch.booking DROP CONSTRAINT lecturer_occupied");
        assertThat(complaintsUntil(Kind.LECTURER)).contains(Kind.LECTURER);

        city.run("CREATE FUNCTION scratch.forget() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RETURN CASE WHEN NEW.action = 'CHANGED' THEN NULL ELSE NEW END; END $$");
        city.run("CREATE TRIGGER forget BEFORE INSERT ON scratch.audit_entry FOR EACH ROW"
                + " EXECUTE FUNCTION scratch.forget()");
        assertThat(complaintsUntil(Kind.LOST)).contains(Kind.LOST, Kind.VERSIONS);
    }

    /** Repeats until the complaints contain that kind; gives up after 40 tries and returns the last ones. */
    private Set<Kind> complaintsUntil(Kind expected) throws Exception {
        Set<Kind> kinds = batch();
        for (int tries = 1; tries < 40 && !kinds.contains(expected); tries++) {
            kinds = batch();
        }
        return kinds;
    }

    private Set<Kind> batch() throws Exception {
        var crowd = new Crowd(city, door, new Office.Doors(bulk, transfers, requests));
        crowd.run(System.nanoTime(), 8, 120);
        assertThat(crowd.outcomes().surprises()).isEmpty();
        List<Complaint> complaints = Judge.judge(
                crowd.world(),
                Chronicle.read(database, crowd.lecturers()),
                crowd.outcomes().acknowledged(),
                crowd.outcomes().refused());
        return complaints.stream().map(Complaint::kind).collect(Collectors.toSet());
    }
}
