package org.lectern.scheduler.schedule.proposal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.Kind;
import org.lectern.scheduler.consequence.ConsequencesView;
import org.lectern.scheduler.consequence.ConsequencesView.Affected;
import org.lectern.scheduler.schedule.AvailabilityChange;

/** The proposed changes of availability. Every version has one entry of the audit, without texts. */
@ApplicationScoped
class Proposals {

    private static final int REMOVED_AT_ONCE = 500;

    private static final String SELECT = """
            SELECT p.id, p.version, p.state, cast(p.change AS text) AS change, p.touched, p.reason, p.proposed_at,
                   p.updated_at, l.id AS lecturer_id, l.code, l.name, coalesce(a.zone, l.zone) AS zone
            FROM availability_proposal p
            JOIN lecturer l ON l.id = p.lecturer_id
            LEFT JOIN lecturer_availability a ON a.lecturer_id = l.id
            """;

    private final Sql sql;
    private final Audit audit;
    private final ObjectMapper json;
    private final ProposalConfig config;
    private final Clock clock;

    @Inject
    Proposals(Sql sql, Audit audit, ObjectMapper json, ProposalConfig config, Clock clock) {
        this.sql = sql;
        this.audit = audit;
        this.json = json;
        this.config = config;
        this.clock = clock;
    }

    private ProposalView read(Sql.Row row) throws SQLException {
        return new ProposalView(
                row.id("id"),
                row.number("version"),
                ProposalState.valueOf(row.text("state")),
                new ProposalView.OfLecturer(
                        row.id("lecturer_id"), row.text("code"), row.text("name"), row.text("zone")),
                parsed(row.text("change")),
                row.number("touched"),
                row.textOrNull("reason"),
                row.time("proposed_at"),
                row.time("updated_at"),
                null);
    }

    /** @param lecturer only if it is of this lecturer; null for any */
    Optional<ProposalView> find(UUID id, @Nullable UUID lecturer) {
        return sql.one(
                SELECT + "WHERE p.id = ? AND (cast(? AS uuid) IS NULL OR p.lecturer_id = ?)",
                this::read,
                id,
                lecturer,
                lecturer);
    }

    /** By their age: open ones the oldest first, for they wait; all others the newest first. */
    List<ProposalView> list(@Nullable ProposalState state, @Nullable UUID lecturer, @Nullable Cursor after, int limit) {
        boolean waiting = state == ProposalState.OPEN;
        String name = state == null ? null : state.name();
        Instant position = after == null ? null : after.moment();
        UUID id = after == null ? null : after.id();
        return sql.list(
                SELECT + """
                        WHERE (cast(? AS text) IS NULL OR p.state = ?) AND (cast(? AS uuid) IS NULL OR p.lecturer_id = ?)
                          AND (cast(? AS timestamptz) IS NULL OR (p.proposed_at, p.id) %s (?, cast(? AS uuid)))
                        ORDER BY p.proposed_at %s, p.id %s LIMIT ?""".formatted(waiting ? ">" : "<", waiting ? "" : "DESC", waiting ? "" : "DESC"),
                this::read,
                name,
                name,
                lecturer,
                lecturer,
                position,
                position,
                id,
                limit);
    }

    /** The proposal under lock. */
    ProposalView locked(UUID id, @Nullable UUID lecturer) {
        sql.list("SELECT id FROM availability_proposal WHERE id = ? FOR UPDATE", row -> row.id("id"), id);
        return find(id, lecturer).orElseThrow(NotFound::new);
    }

    /**
     * Stores an open proposal; the same change is not proposed twice.
     *
     * @throws TooManyProposalsOpen at the limit
     */
    ProposalView add(UUID lecturer, AvailabilityChange change, int touched, String actor) {
        sql.list("SELECT id FROM lecturer WHERE id = ? FOR NO KEY UPDATE", row -> row.id("id"), lecturer);
        String text = text(change);
        Optional<ProposalView> same = sql.one(
                SELECT + "WHERE p.lecturer_id = ? AND p.state = 'OPEN' AND p.change = cast(? AS jsonb)",
                this::read,
                lecturer,
                text);
        if (same.isPresent()) {
            return same.get();
        }
        int open = sql.one(
                        "SELECT count(*) AS open FROM availability_proposal WHERE lecturer_id = ? AND state = 'OPEN'",
                        row -> row.number("open"),
                        lecturer)
                .orElse(0);
        if (open >= config.maxOpenPerLecturer()) {
            throw new TooManyProposalsOpen(config.maxOpenPerLecturer());
        }
        UUID id = Uuid7.next();
        Instant now = clock.instant();
        sql.update("""
                INSERT INTO availability_proposal (id, lecturer_id, version, state, change, touched, proposed_at, updated_at)
                VALUES (?, ?, 1, 'OPEN', cast(? AS jsonb), ?, ?, ?)""", id, lecturer, text, touched, now, now);
        return recorded(id, "PROPOSED", now, actor);
    }

    /** Ends an open proposal; the caller holds its lock. */
    ProposalView end(UUID id, ProposalState state, @Nullable String reason, String actor) {
        Instant now = clock.instant();
        sql.update("""
                UPDATE availability_proposal
                SET version = version + 1, state = ?, reason = ?, updated_at = greatest(updated_at, ?)
                WHERE id = ?""", state.name(), reason, now, id);
        return recorded(id, state.name(), now, actor);
    }

    private ProposalView recorded(UUID id, String action, Instant now, String actor) {
        ProposalView written = find(id, null).orElseThrow();
        audit.append(
                Kind.AVAILABILITY_PROPOSAL, id, written.version(), action, now, actor, null, written.withoutReasons());
        return written;
    }

    /** As an organizer sees them, or as the lecturer does: without holds, which only organizers know. */
    Touched touched(@Nullable ConsequencesView found, boolean toLecturer) {
        if (found == null) {
            return new Touched(0, List.of());
        }
        List<Affected> bookings = found.bookings();
        if (toLecturer && !bookings.isEmpty()) {
            Set<UUID> ids = bookings.stream().map(Affected::id).collect(Collectors.toSet());
            Set<UUID> known = Set.copyOf(sql.list(
                    "SELECT b.id FROM booking b WHERE b.id = ANY (cast(? AS uuid[])) AND is_announced(b.status)",
                    row -> row.id("id"),
                    ids));
            bookings =
                    bookings.stream().filter(each -> known.contains(each.id())).toList();
        }
        return new Touched(found.count(), bookings);
    }

    private String text(AvailabilityChange change) {
        try {
            return json.writeValueAsString(change);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A change cannot be written as JSON", e);
        }
    }

    private AvailabilityChange parsed(String text) {
        try {
            return json.readValue(text, AvailabilityChange.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored change cannot be read", e);
        }
    }

    @Scheduled(every = "1h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void removeOld() {
        int removed;
        do {
            removed = Transactions.inNew(
                    () -> sql.update("""
                    DELETE FROM availability_proposal WHERE id IN (
                        SELECT id FROM availability_proposal WHERE state <> 'OPEN' AND updated_at < ?
                        ORDER BY updated_at LIMIT ? FOR UPDATE SKIP LOCKED)""", clock.instant().minus(config.retention()), REMOVED_AT_ONCE));
        } while (removed == REMOVED_AT_ONCE);
    }
}
