package org.lectern.scheduler.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.security.Caller;

/**
 * The audit trail. An entry is written in the transaction of its change, so it exists exactly when the change does.
 * Entries are append-only. {@link Sealer} chains them later, so that writers do not wait for each other.
 */
@ApplicationScoped
public class Audit {

    /** The actor of changes that the service makes itself. */
    public static final String SYSTEM = "system";

    private static final String INSERT = """
            INSERT INTO audit_entry (id, kind, subject, version, action, at, actor, reason, override_reason, overridden,
                                     state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? AS jsonb))""";

    private final EntityManager database;
    private final Sql sql;
    private final ObjectMapper json;
    private final Caller caller;
    private final Clock clock;

    @Inject
    Audit(EntityManager database, Sql sql, ObjectMapper json, Caller caller, Clock clock) {
        this.database = database;
        this.sql = sql;
        this.json = json;
        this.caller = caller;
        this.clock = clock;
    }

    /** A new version of a subject, and the action that made it. */
    public record Change(Kind kind, Object subject, int version, AuditAction deed, Object state) {}

    /** Records a change of a registry, with the current caller as actor. */
    public void append(Kind kind, Object subject, int version, AuditAction deed, Object state) {
        append(List.of(new Change(kind, subject, version, deed, state)));
    }

    /** Records several changes at once. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(List<Change> changes) {
        Instant now = clock.instant();
        String actor = Arc.container().requestContext().isActive() && caller.isKnown() ? caller.name() : SYSTEM;
        List<Entry> entries = new ArrayList<>();
        for (Change change : changes) {
            entries.add(new Entry(
                    Uuid7.next(),
                    change.kind(),
                    change.subject().toString(),
                    change.version(),
                    change.deed().name(),
                    now,
                    actor,
                    null,
                    null,
                    List.of(),
                    written(change.state())));
        }
        insert(entries);
    }

    /** Records a change with its own action name and time. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(
            Kind kind,
            Object subject,
            int version,
            String action,
            Instant at,
            String actor,
            @Nullable String reason,
            Object state) {
        insert(List.of(new Entry(
                Uuid7.next(),
                kind,
                subject.toString(),
                version,
                action,
                at,
                actor,
                reason,
                null,
                List.of(),
                written(state))));
    }

    /** Records a version of a booking, with the overridden rules and the reason. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void appendBooking(
            Object subject,
            int version,
            String action,
            Instant at,
            String actor,
            @Nullable String reason,
            @Nullable String overrideReason,
            List<String> overridden,
            Object state) {
        insert(List.of(new Entry(
                Uuid7.next(),
                Kind.BOOKING,
                subject.toString(),
                version,
                action,
                at,
                actor,
                reason,
                overrideReason,
                overridden,
                written(state))));
    }

    public List<Entry> versions(Kind kind, Object subject) {
        return sql.list(
                "SELECT " + Entry.COLUMNS + " FROM audit_entry e WHERE kind = ? AND subject = ? ORDER BY version",
                Entry::of,
                kind.name(),
                subject.toString());
    }

    public Optional<Entry> version(Kind kind, Object subject, int version) {
        return sql.one(
                "SELECT " + Entry.COLUMNS + " FROM audit_entry e WHERE kind = ? AND subject = ? AND version = ?",
                Entry::of,
                kind.name(),
                subject.toString(),
                version);
    }

    /** The version of the newest entry of a subject, or 0. */
    public int latest(Kind kind, Object subject) {
        return sql.one(
                        "SELECT coalesce(max(version), 0) AS version FROM audit_entry WHERE kind = ? AND subject = ?",
                        row -> row.number("version"),
                        kind.name(),
                        subject.toString())
                .orElse(0);
    }

    private void insert(List<Entry> entries) {
        // plain JDBC on the transaction's connection: a Hibernate query would dirty-check the whole session first
        database.unwrap(Session.class).doWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                for (Entry entry : entries) {
                    statement.setObject(1, entry.id());
                    statement.setString(2, entry.kind().name());
                    statement.setString(3, entry.subject());
                    statement.setInt(4, entry.version());
                    statement.setString(5, entry.action());
                    statement.setObject(6, entry.at().atOffset(ZoneOffset.UTC));
                    statement.setString(7, entry.actor());
                    statement.setString(8, entry.reason());
                    statement.setString(9, entry.overrideReason());
                    statement.setArray(
                            10,
                            connection.createArrayOf("text", entry.overridden().toArray()));
                    statement.setString(11, entry.state());
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        });
    }

    private String written(Object state) {
        try {
            return json.writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What is to be kept cannot be written as JSON", e);
        }
    }
}
