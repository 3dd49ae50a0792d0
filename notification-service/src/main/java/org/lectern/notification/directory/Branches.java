package org.lectern.notification.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.chassis.problem.NotFound;
import org.lectern.notification.event.BranchChanged;

/** The branches that this service knows. */
@ApplicationScoped
public class Branches {

    /** Searches from the branch upwards, so the cost is the depth of the tree. UNION terminates in a cycle. */
    private static final String WITHIN = """
            WITH RECURSIVE upwards AS (
                SELECT id, parent_id, code FROM branch WHERE id = ?
                UNION
                SELECT b.id, b.parent_id, b.code FROM branch b JOIN upwards u ON b.id = u.parent_id)
            SELECT EXISTS (SELECT 1 FROM upwards WHERE code = ANY (?)) AS visible""";

    private static final String LOOK = "SELECT id, code, name, zone, locale, archived FROM branch";

    private final Sql sql;
    private final Clock clock;

    @Inject
    Branches(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    public Optional<Branch> find(UUID id) {
        return sql.one(LOOK + " WHERE id = ?", Branches::branch, id);
    }

    /** The known branches among these ids. */
    public Map<UUID, Branch> find(Collection<UUID> ids) {
        Map<UUID, Branch> found = new HashMap<>();
        if (!ids.isEmpty()) {
            sql.list(LOOK + " WHERE id = ANY (?)", Branches::branch, ids)
                    .forEach(branch -> found.put(branch.id(), branch));
        }
        return found;
    }

    /** The parent branch, if it exists and is active. */
    public Optional<Branch> above(UUID id) {
        return sql.one(
                LOOK + " WHERE id = (SELECT below.parent_id FROM branch below WHERE below.id = ?) AND NOT archived",
                Branches::branch,
                id);
    }

    /** The active branch with that code, if any; of several, the one that changed last. */
    public Optional<Branch> coded(String code) {
        return sql.one(
                LOOK + " WHERE code = ? AND NOT archived ORDER BY updated_at DESC, id DESC LIMIT 1",
                Branches::branch,
                code);
    }

    private static Branch branch(Row row) throws SQLException {
        return new Branch(
                row.id("id"),
                row.text("code"),
                row.text("name"),
                row.text("zone"),
                row.text("locale"),
                row.flag("archived"));
    }

    /**
     * A branch as described by one incarnation of the scheduler's database. Incarnations are ordered by their ids; a
     * later one reuses versions.
     */
    public record Described(UUID incarnation, BranchChanged branch) {

        private static final Comparator<Described> AGE = Comparator.comparing(
                        (Described described) -> described.incarnation.toString())
                .thenComparingInt(described -> described.branch.version());
    }

    /** Stores the newest state of each branch, unless a newer one is known. */
    public void put(Collection<Described> changes) {
        Map<UUID, Described> newest = new HashMap<>();
        for (Described change : changes) {
            newest.merge(change.branch().branchId(), change, BinaryOperator.maxBy(Described.AGE));
        }
        if (newest.isEmpty()) {
            return;
        }
        List<Described> all = List.copyOf(newest.values());
        sql.update(
                """
                INSERT INTO branch (id, code, name, parent_id, kind, zone, locale, archived, version, incarnation, updated_at)
                SELECT c.*, ? FROM unnest(cast(? AS uuid[]), cast(? AS text[]), cast(? AS text[]), cast(? AS uuid[]),
                                          cast(? AS text[]), cast(? AS text[]), cast(? AS text[]), cast(? AS boolean[]),
                                          cast(? AS integer[]), cast(? AS uuid[])) c (id)
                ORDER BY c.id
                ON CONFLICT (id) DO UPDATE SET
                    code = excluded.code, name = excluded.name, parent_id = excluded.parent_id, kind = excluded.kind,
                    zone = excluded.zone, locale = excluded.locale, archived = excluded.archived,
                    version = excluded.version, incarnation = excluded.incarnation, updated_at = excluded.updated_at
                WHERE (coalesce(branch.incarnation, excluded.incarnation), branch.version)
                    < (excluded.incarnation, excluded.version)""",
                clock.instant(),
                of(all, BranchChanged::branchId),
                of(all, BranchChanged::code),
                of(all, BranchChanged::name),
                of(all, BranchChanged::parentId),
                of(all, BranchChanged::kind),
                of(all, branch -> branch.zone().getId()),
                of(all, BranchChanged::locale),
                of(all, BranchChanged::archived),
                of(all, BranchChanged::version),
                Sql.each(all, Described::incarnation));
    }

    private static Collection<?> of(List<Described> all, Sql.Part<BranchChanged> part) {
        return Sql.each(all, described -> part.of(described.branch()));
    }

    /** Whether that branch exists and lies within the scope. */
    public boolean visible(Scope scope, UUID id) {
        var codes = scope.codes();
        if (codes == null) {
            return find(id).isPresent();
        }
        return !codes.isEmpty()
                && sql.one(WITHIN, row -> row.flag("visible"), id, codes).orElse(false);
    }

    /**
     * Demands that the branch exists and lies within the scope.
     *
     * @throws NotFound in both cases alike
     */
    public void demandVisible(Scope scope, UUID id) {
        if (!visible(scope, id)) {
            throw new NotFound();
        }
    }
}
