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
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.chassis.problem.NotFound;
import org.lectern.notification.event.BranchChanged;
import org.lectern.notification.event.LecturerChanged;
import org.lectern.notification.event.RecipientChanged;

/** The branches and lecturers that this service knows. */
@ApplicationScoped
public class Recipients {

    /** Searches from the branch upwards, so the cost is the depth of the tree. UNION terminates in a cycle. */
    private static final String WITHIN = """
            WITH RECURSIVE upwards AS (
                SELECT id, parent_id, code FROM recipient WHERE id = ? AND kind = 'BRANCH'
                UNION
                SELECT b.id, b.parent_id, b.code FROM recipient b JOIN upwards u ON b.id = u.parent_id)
            SELECT EXISTS (SELECT 1 FROM upwards WHERE code = ANY (?)) AS visible""";

    private static final String LOOK = "SELECT id, kind, code, name, zone, locale, archived FROM recipient";

    private final Sql sql;
    private final Clock clock;

    @Inject
    Recipients(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    public Optional<Recipient> find(UUID id) {
        return sql.one(LOOK + " WHERE id = ?", Recipients::recipient, id);
    }

    /** The known recipients among these ids. */
    public Map<UUID, Recipient> find(Collection<UUID> ids) {
        Map<UUID, Recipient> found = new HashMap<>();
        if (!ids.isEmpty()) {
            sql.list(LOOK + " WHERE id = ANY (?)", Recipients::recipient, ids)
                    .forEach(branch -> found.put(branch.id(), branch));
        }
        return found;
    }

    /** The parent branch, if it exists and is active. */
    public Optional<Recipient> above(UUID id) {
        return sql.one(
                LOOK + " WHERE id = (SELECT below.parent_id FROM recipient below WHERE below.id = ?) AND NOT archived",
                Recipients::recipient,
                id);
    }

    /** The active branch with that code, if any; of several, the one that changed last. */
    public Optional<Recipient> coded(String code) {
        return sql.one(
                LOOK + " WHERE code = ? AND kind = 'BRANCH' AND NOT archived ORDER BY updated_at DESC, id DESC LIMIT 1",
                Recipients::recipient,
                code);
    }

    private static Recipient recipient(Row row) throws SQLException {
        return new Recipient(
                row.id("id"),
                RecipientKind.valueOf(row.text("kind")),
                row.text("code"),
                row.text("name"),
                row.text("zone"),
                row.text("locale"),
                row.flag("archived"));
    }

    /**
     * A recipient as described by one incarnation of the scheduler's database. Incarnations are ordered by their ids; a
     * later one reuses versions.
     */
    public record Described(UUID incarnation, RecipientChanged recipient) {

        private static final Comparator<Described> AGE = Comparator.comparing(
                        (Described described) -> described.incarnation.toString())
                .thenComparingInt(described -> described.recipient.version());
    }

    /** Stores the newest state of each recipient, unless a newer one is known. */
    public void put(Collection<Described> changes) {
        Map<UUID, Described> newest = new HashMap<>();
        for (Described change : changes) {
            newest.merge(change.recipient().subject(), change, BinaryOperator.maxBy(Described.AGE));
        }
        if (newest.isEmpty()) {
            return;
        }
        List<Described> all = List.copyOf(newest.values());
        sql.update(
                """
                INSERT INTO recipient (id, kind, code, name, parent_id, zone, locale, archived, version, incarnation, updated_at)
                SELECT c.*, ? FROM unnest(cast(? AS uuid[]), cast(? AS text[]), cast(? AS text[]), cast(? AS text[]),
                                          cast(? AS uuid[]), cast(? AS text[]), cast(? AS text[]), cast(? AS boolean[]),
                                          cast(? AS integer[]), cast(? AS uuid[])) c (id)
                ORDER BY c.id
                ON CONFLICT (id) DO UPDATE SET
                    code = excluded.code, name = excluded.name, parent_id = excluded.parent_id,
                    zone = excluded.zone, locale = excluded.locale, archived = excluded.archived,
                    version = excluded.version, incarnation = excluded.incarnation, updated_at = excluded.updated_at
                WHERE (coalesce(recipient.incarnation, excluded.incarnation), recipient.version)
                    < (excluded.incarnation, excluded.version)""",
                clock.instant(),
                of(all, RecipientChanged::subject),
                of(all, recipient -> kind(recipient).name()),
                of(all, RecipientChanged::code),
                of(all, RecipientChanged::name),
                of(all, Recipients::parent),
                of(all, recipient -> recipient.zone().getId()),
                of(all, RecipientChanged::locale),
                of(all, RecipientChanged::archived),
                of(all, RecipientChanged::version),
                Sql.each(all, Described::incarnation));
    }

    private static Collection<?> of(List<Described> all, Sql.Part<RecipientChanged> part) {
        return Sql.each(all, described -> part.of(described.recipient()));
    }

    private static RecipientKind kind(RecipientChanged recipient) {
        return switch (recipient) {
            case BranchChanged branch -> RecipientKind.BRANCH;
            case LecturerChanged lecturer -> RecipientKind.LECTURER;
        };
    }

    private static @Nullable UUID parent(RecipientChanged recipient) {
        return switch (recipient) {
            case BranchChanged branch -> branch.parentId();
            case LecturerChanged lecturer -> null;
        };
    }

    /** Whether that recipient exists and lies within the scope. */
    public boolean visible(Scope scope, UUID id) {
        return find(id).filter(recipient -> scope.only() == null || scope.only() == recipient.kind())
                .map(recipient -> scope.isUnlimited() || isWithin(scope, recipient))
                .orElse(false);
    }

    private boolean isWithin(Scope scope, Recipient recipient) {
        List<String> codes = scope.codes();
        return switch (recipient.kind()) {
            case LECTURER -> recipient.code().equals(scope.lecturer());
            case BRANCH ->
                codes != null
                        && !codes.isEmpty()
                        && sql.one(WITHIN, row -> row.flag("visible"), recipient.id(), codes)
                                .orElse(false);
        };
    }

    /**
     * Demands that the recipient exists and lies within the scope.
     *
     * @throws NotFound in both cases alike
     */
    public void demandVisible(Scope scope, UUID id) {
        if (!visible(scope, id)) {
            throw new NotFound();
        }
    }
}
