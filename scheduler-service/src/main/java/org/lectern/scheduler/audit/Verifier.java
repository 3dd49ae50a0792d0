package org.lectern.scheduler.audit;

import static org.lectern.scheduler.audit.Verification.Break;
import static org.lectern.scheduler.audit.Verification.Fault;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.problem.Refusal;

/**
 * Reads the whole chain in one snapshot, a thousand entries at a time, and recomputes every hash.
 *
 * <p>It detects entries that were changed, removed, swapped or inserted; links that were changed, removed or inserted;
 * and a truncated end.
 *
 * <p>It cannot detect a change made before the entry was sealed (seconds after its commit). Nor can it detect a chain
 * that an attacker with full database rights recomputed from a change on, head included, unless compared with an
 * earlier anchor.
 */
@ApplicationScoped
class Verifier {

    private static final int FETCHED_AT_ONCE = 1000;
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private static final String CHAIN = "SELECT s.position, encode(s.hash, 'hex') AS hash, s.kind AS sealed_kind,"
            + " s.subject AS sealed_subject, s.version AS sealed_version, " + Entry.COLUMNS
            + " FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id ORDER BY s.position";

    /** Versions have no gaps, except for travel times: a provider may change one without an audit entry. */
    private static final String REMOVED_BEFORE_SEALED = """
            SELECT v.kind, v.subject, v.version - 1 AS version
            FROM (SELECT kind, subject, version,
                         lag(version) OVER (PARTITION BY kind, subject ORDER BY version) AS earlier
                  FROM audit_entry WHERE kind <> 'TRAVEL_TIME') v
            WHERE v.version <> coalesce(v.earlier + 1, CASE v.kind WHEN 'BOOKING' THEN 1 ELSE v.version END)
            LIMIT 1""";

    private static final String FOREIGN = """
            SELECT e.kind, e.subject, e.version FROM audit_entry e
            WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = e.id)
              AND NOT EXISTS (SELECT FROM audit_waiting w WHERE w.entry_id = e.id)
            ORDER BY e.id LIMIT 1""";

    private final AgroalDataSource database;
    private final Messages messages;
    private final Clock clock;
    /** A full verification is expensive; a process runs one at a time. */
    private final Semaphore turn = new Semaphore(1);

    @Inject
    Verifier(AgroalDataSource database, Messages messages, Clock clock) {
        this.database = database;
        this.messages = messages;
        this.clock = clock;
    }

    /**
     * Verifies the whole chain.
     *
     * @param anchor an earlier end of the chain, if known
     */
    Verification verify(@Nullable Link anchor) {
        if (!turn.tryAcquire()) {
            throw new VerificationRunning();
        }
        try {
            return QuarkusTransaction.requiringNew()
                    .timeout((int) LONGEST.toSeconds())
                    .call(() -> inOneSnapshot(anchor));
        } finally {
            turn.release();
        }
    }

    private Verification inOneSnapshot(@Nullable Link anchor) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            long entries = number(statement, "SELECT count(*) FROM audit_entry");
            long waiting = number(statement, "SELECT count(*) FROM audit_waiting");
            Link head = head(statement);
            Walk walk = walk(connection, anchor);
            Break broken = walk.broken;
            if (broken == null && head.position() > walk.last.position()) {
                broken = at(Fault.SEAL_MISSING, walk.last.position() + 1);
            }
            if (broken == null && !head.equals(walk.last)) {
                broken = at(Fault.HEAD_CHANGED, walk.last.position());
            }
            if (broken == null && anchor != null && anchor.position() > walk.last.position()) {
                broken = at(Fault.ANCHOR_MISSED, walk.last.position() + 1);
            }
            if (broken == null) {
                broken = named(statement, REMOVED_BEFORE_SEALED, Fault.ENTRY_MISSING);
            }
            if (broken == null && entries != walk.last.position() + waiting) {
                broken = entries > walk.last.position() + waiting
                        ? named(statement, FOREIGN, Fault.ENTRY_FOREIGN)
                        : at(Fault.ENTRY_MISSING, null);
            }
            return new Verification(
                    broken == null,
                    walk.last.position(),
                    waiting,
                    walk.last.position() + ":" + walk.last.hash(),
                    clock.instant(),
                    broken);
        }
    }

    /** The progress of a verification. */
    private static final class Walk {
        private Link last = Link.GENESIS;
        private @Nullable Break broken;
    }

    private Walk walk(Connection connection, @Nullable Link anchor) throws SQLException {
        var walk = new Walk();
        try (PreparedStatement query = connection.prepareStatement(CHAIN)) {
            query.setFetchSize(FETCHED_AT_ONCE);
            try (ResultSet row = query.executeQuery()) {
                while (walk.broken == null && row.next()) {
                    walk.broken = step(walk, row, anchor);
                }
            }
        }
        return walk;
    }

    private @Nullable Break step(Walk walk, ResultSet row, @Nullable Link anchor) throws SQLException {
        Link found = new Link(row.getLong("position"), row.getString("hash"));
        if (found.position() != walk.last.position() + 1) {
            return at(Fault.SEAL_MISSING, walk.last.position() + 1);
        }
        Kind kind = Kind.valueOf(row.getString("sealed_kind"));
        String subject = row.getString("sealed_subject");
        int version = row.getInt("sealed_version");
        if (row.getObject("id") == null) {
            return broken(Fault.ENTRY_MISSING, found.position(), kind, subject, version);
        }
        Entry entry = Sql.read(row, Entry::of);
        Link expected = walk.last.next(entry);
        if (!expected.equals(found)
                || kind != entry.kind()
                || !subject.equals(entry.subject())
                || version != entry.version()) {
            return broken(Fault.CHANGED, found.position(), kind, subject, version);
        }
        if (anchor != null && anchor.position() == found.position() && !anchor.equals(found)) {
            return broken(Fault.ANCHOR_MISSED, found.position(), kind, subject, version);
        }
        walk.last = found;
        return null;
    }

    private static Link head(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT position, encode(hash, 'hex') FROM audit_head")) {
            return row.next() ? new Link(row.getLong(1), row.getString(2)) : new Link(-1, "");
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private @Nullable Break named(Statement statement, String sql, Fault fault) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next()
                    ? broken(fault, null, Kind.valueOf(row.getString(1)), row.getString(2), row.getInt(3))
                    : null;
        }
    }

    private Break at(Fault fault, @Nullable Long position) {
        return broken(fault, position, null, null, null);
    }

    private Break broken(
            Fault fault,
            @Nullable Long position,
            @Nullable Kind kind,
            @Nullable String subject,
            @Nullable Integer version) {
        return new Break(fault, position, kind, subject, version, messages.text(textOf(fault)));
    }

    /** The message key of a fault. */
    private static String textOf(Fault fault) {
        return "audit." + fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> texts() {
        return Arrays.stream(Fault.values()).map(Verifier::textOf).toList();
    }

    /** This process already runs a verification. */
    static final class VerificationRunning extends Refusal {
        VerificationRunning() {
            super(409, "verification-running", List.of());
            header("Retry-After", "5");
        }
    }
}
