package org.lectern.scheduler.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.audit.Verification.Fault;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.Registries;

/**
 * An attacker with all database rights disables the triggers and changes the audit log. Verification reports that and
 * where. Undetectable changes are tested too.
 */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class AuditTamperingTest {

    @Inject
    Sealer sealer;

    @Inject
    Sql sql;

    @Inject
    DataSource database;

    /** A topic with three versions; its entries end the chain. */
    private String subject;

    /** The position of the second entry. */
    private long middle;

    private Link head;

    @BeforeEach
    void threeVersionsEndTheChain() {
        sealer.seal();
        subject = topic();
        sealer.seal();
        head = head();
        middle = sql.one(
                        "SELECT position FROM audit_seal WHERE subject = ? AND version = 2",
                        row -> row.bigNumber("position"),
                        subject)
                .orElseThrow();
        assertThat(head.position()).isEqualTo(middle + 1);
        run("""
            CREATE TABLE kept_entry AS SELECT * FROM audit_entry WHERE subject = '%1$s';
            CREATE TABLE kept_seal AS SELECT * FROM audit_seal WHERE subject = '%1$s';
            CREATE TABLE kept_head AS SELECT * FROM audit_head""".formatted(subject));
        assertThat(verify(null)).containsEntry("intact", true);
    }

    @AfterEach
    void everythingIsAsItWas() {
        tamper("""
            DELETE FROM audit_seal WHERE subject = '%1$s';
            DELETE FROM audit_waiting WHERE entry_id IN (SELECT id FROM audit_entry WHERE subject = '%1$s')
                OR entry_id NOT IN (SELECT id FROM audit_entry);
            DELETE FROM audit_entry WHERE subject = '%1$s';
            INSERT INTO audit_entry SELECT * FROM kept_entry;
            INSERT INTO audit_seal SELECT * FROM kept_seal;
            UPDATE audit_head h SET position = k.position, hash = k.hash FROM kept_head k;
            DROP TABLE kept_entry, kept_seal, kept_head""".formatted(subject));
        assertThat(verify(null)).containsEntry("intact", true);
    }

    private static String topic() {
        Map<String, Object> body = Registries.body("topics");
        String id = Registries.create("topics", body);
        for (int version = 1; version <= 2; version++) {
            body.put("durationMinutes", 90 + version);
            organizer()
                    .header("If-Match", "\"" + version + "\"")
                    .body(body)
                    .put("/api/v1/topics/" + id)
                    .then()
                    .statusCode(200);
        }
        return id;
    }

    private Link head() {
        return sql.one(
                        "SELECT position, encode(hash, 'hex') AS hash FROM audit_head",
                        row -> new Link(row.bigNumber("position"), row.text("hash")))
                .orElseThrow();
    }

    private void run(String statements) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                statement.execute(statements);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private void tamper(String statements) {
        run("""
                        ALTER TABLE audit_entry DISABLE TRIGGER USER;
            ALTER TABLE audit_seal DISABLE TRIGGER USER;
            %s;
            ALTER TABLE audit_entry ENABLE TRIGGER USER;
            ALTER TABLE audit_seal ENABLE TRIGGER USER""".formatted(statements));
    }

    private static Map<String, Object> verify(Link anchor) {
        return AuditTest.verify(anchor == null ? null : anchor.position() + ":" + anchor.hash());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> broken(Map<String, Object> verification) {
        assertThat(verification).containsEntry("intact", false);
        return (Map<String, Object>) verification.get("broken");
    }

    private void assertBroken(Fault fault, Long position, Integer version) {
        Map<String, Object> broken = broken(verify(null));
        assertThat(broken).containsEntry("fault", fault.name());
        assertThat(broken.get("position")).isEqualTo(position == null ? null : position.intValue());
        assertThat(broken.get("version")).isEqualTo(version);
        assertThat(broken.get("subject")).isEqualTo(version == null ? null : subject);
        assertThat(broken.get("detail").toString()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state = jsonb_set(state, '{durationMinutes}', '45')",
                "state = state - 'title'",
                "actor = 'somebody-else'",
                "at = at - interval '1 microsecond'",
                "action = 'ARCHIVED'",
                "reason = 'made up'",
                "override_reason = 'made up'",
                "overridden = '{venue-closed}'"
            })
    void anEntryThatWasEditedIsFound(String edit) {
        tamper("UPDATE audit_entry SET %s WHERE subject = '%s' AND version = 2".formatted(edit, subject));

        assertBroken(Fault.CHANGED, middle, 2);
    }

    @Test
    void anEntryThatWasRemovedFromTheMiddleIsFoundAndNamed() {
        tamper("DELETE FROM audit_entry WHERE subject = '%s' AND version = 2".formatted(subject));

        assertBroken(Fault.ENTRY_MISSING, middle, 2);
    }

    @Test
    void anEntryThatWasRemovedWithItsLinkLeavesAGap() {
        tamper("""
            DELETE FROM audit_entry WHERE subject = '%1$s' AND version = 2;
            DELETE FROM audit_seal WHERE subject = '%1$s' AND version = 2""".formatted(subject));

        assertBroken(Fault.SEAL_MISSING, middle, null);
    }

    @Test
    void aGapThatWasClosedByRenumberingIsFound() {
        tamper("""
            DELETE FROM audit_entry WHERE subject = '%1$s' AND version = 2;
            DELETE FROM audit_seal WHERE subject = '%1$s' AND version = 2;
            UPDATE audit_seal SET position = position - 1 WHERE subject = '%1$s' AND version = 3;
            UPDATE audit_head SET position = position - 1""".formatted(subject));

        assertBroken(Fault.CHANGED, middle, 3);
    }

    @Test
    void theNewestEntryIsMissed() {
        tamper("DELETE FROM audit_entry WHERE subject = '%s' AND version = 3".formatted(subject));

        assertBroken(Fault.ENTRY_MISSING, middle + 1, 3);
    }

    @Test
    void theNewestEntryIsMissedAlsoWhenItsLinkIsGone() {
        tamper("""
            DELETE FROM audit_entry WHERE subject = '%1$s' AND version = 3;
            DELETE FROM audit_seal WHERE subject = '%1$s' AND version = 3""".formatted(subject));

        assertBroken(Fault.SEAL_MISSING, middle + 1, null);
    }

    @Test
    void anEndThatWasCutOffCleanlyIsFoundByAnAnchorOnly() {
        tamper("""
            DELETE FROM audit_entry WHERE subject = '%1$s' AND version = 3;
            DELETE FROM audit_seal WHERE subject = '%1$s' AND version = 3;
            UPDATE audit_head SET position = s.position, hash = s.hash
            FROM audit_seal s WHERE s.subject = '%1$s' AND s.version = 2""".formatted(subject));

        assertThat(verify(null)).containsEntry("intact", true);
        assertThat(broken(verify(head)))
                .containsEntry("fault", Fault.ANCHOR_MISSED.name())
                .containsEntry("position", (int) middle + 1);
    }

    @Test
    void entriesThatSwappedTheirContentsAreFound() {
        tamper("""
            UPDATE audit_entry a SET state = b.state, at = b.at FROM audit_entry b
            WHERE a.subject = '%1$s' AND b.subject = '%1$s' AND (a.version, b.version) IN ((2, 3), (3, 2))""".formatted(subject));

        assertBroken(Fault.CHANGED, middle, 2);
    }

    @Test
    void linksThatSwappedTheirPlacesAreFound() {
        tamper("""
            ALTER TABLE audit_seal DROP CONSTRAINT audit_seal_position_check;
            UPDATE audit_seal SET position = -position WHERE subject = '%1$s' AND version > 1;
            UPDATE audit_seal SET position = CASE version WHEN 2 THEN %2$d WHEN 3 THEN %3$d END
            WHERE subject = '%1$s' AND version > 1;
            ALTER TABLE audit_seal ADD CONSTRAINT audit_seal_position_check CHECK (position >= 1)""".formatted(subject, middle + 1, middle));

        assertBroken(Fault.CHANGED, middle, 3);
    }

    @Test
    void aLinkThatWasEditedIsFound() {
        tamper("UPDATE audit_seal SET hash = sha256('x') WHERE subject = '%s' AND version = 2".formatted(subject));

        assertBroken(Fault.CHANGED, middle, 2);
    }

    @Test
    void anEntryThatWasPutInIsFound() {
        tamper("""
            INSERT INTO audit_entry (id, kind, subject, version, action, at, actor, state)
            SELECT uuidv7(), kind, subject, 4, action, at, actor, state FROM audit_entry
            WHERE subject = '%s' AND version = 3""".formatted(subject));

        assertBroken(Fault.ENTRY_FOREIGN, null, 4);
    }

    @Test
    void anEntryThatWasPutInWithALinkIsFound() {
        tamper("""
            INSERT INTO audit_entry (id, kind, subject, version, action, at, actor, state)
            SELECT uuidv7(), kind, subject, 4, action, at, actor, state FROM audit_entry
            WHERE subject = '%1$s' AND version = 3;
            INSERT INTO audit_seal SELECT %2$d, id, kind, subject, version, sha256('x') FROM audit_entry
            WHERE subject = '%1$s' AND version = 4""".formatted(subject, middle + 2));

        assertBroken(Fault.CHANGED, middle + 2, 4);
    }

    @Test
    void aHeadThatWasEditedIsFound() {
        run("UPDATE audit_head SET hash = sha256('x')");

        assertBroken(Fault.HEAD_CHANGED, middle + 1, null);
    }

    @Test
    void recomputedChain_isFoundByAnAnchorOnly() {
        tamper("UPDATE audit_entry SET actor = 'somebody-else' WHERE subject = '%s' AND version = 2"
                .formatted(subject));
        Link last = sql.one(
                        "SELECT position, encode(hash, 'hex') AS hash FROM audit_seal WHERE position = ?",
                        row -> new Link(row.bigNumber("position"), row.text("hash")),
                        middle - 1)
                .orElseThrow();
        List<String> forged = new ArrayList<>();
        for (Entry entry : sql.list(
                "SELECT " + Entry.COLUMNS + " FROM audit_entry e WHERE subject = ? AND version > 1 ORDER BY version",
                Entry::of,
                subject)) {
            last = last.next(entry);
            forged.add("UPDATE audit_seal SET hash = decode('%s', 'hex') WHERE position = %d"
                    .formatted(last.hash(), last.position()));
        }
        forged.add("UPDATE audit_head SET hash = decode('%s', 'hex')".formatted(last.hash()));
        tamper(String.join(";", forged));

        assertThat(verify(null)).containsEntry("intact", true);
        assertThat(broken(verify(head)))
                .containsEntry("fault", Fault.ANCHOR_MISSED.name())
                .containsEntry("position", (int) middle + 1)
                .containsEntry("version", 3);
    }

    @Test
    void unsealedEntryRemoved_leavesAGapInVersions() {
        tamper("""
            DELETE FROM audit_seal WHERE subject = '%1$s';
            DELETE FROM audit_entry WHERE subject = '%1$s' AND version = 2;
            UPDATE audit_head SET position = s.position, hash = s.hash FROM audit_seal s WHERE s.position = %2$d;
            INSERT INTO audit_waiting SELECT id FROM audit_entry WHERE subject = '%1$s'""".formatted(subject, middle - 2));

        assertBroken(Fault.ENTRY_MISSING, null, 2);
    }

    @Test
    void aWaitingEntryThatIsGoneIsMissed() {
        run("INSERT INTO audit_waiting VALUES (uuidv7())");

        assertBroken(Fault.ENTRY_MISSING, null, null);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "UPDATE, audit_entry SET actor = 'x'",
        "DELETE, FROM audit_entry",
        "TRUNCATE, audit_entry",
        "UPDATE, audit_seal SET position = 1",
        "DELETE, FROM audit_seal",
        "TRUNCATE, audit_seal"
    })
    void theDatabaseRefusesWhatIsNoAddition(String verb, String rest) {
        assertThatThrownBy(() -> run(verb + " " + rest)).hasMessageContaining("only grows");
    }
}
