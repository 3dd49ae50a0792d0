package org.lectern.scheduler.schedule.travel;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.AuditAction;
import org.lectern.scheduler.audit.Kind;
import org.lectern.scheduler.schedule.travel.TravelTimeView.PlaceRef;
import org.lectern.scheduler.schedule.travel.TravelTimeView.Source;

/** Known travel times between places. A pair has no direction. */
@ApplicationScoped
class TravelTimeRegistry {

    private static final String VIEW = """
            WITH place AS (
                SELECT id, 'venue' AS kind, code, name FROM venue
                UNION ALL
                SELECT id, 'branch', code, name FROM branch)
            SELECT t.minutes, t.provided, t.note, t.version, t.updated_at, t.updated_by,
                   p.id, p.kind, p.code, p.name,
                   o.id AS other_id, o.kind AS other_kind, o.code AS other_code, o.name AS other_name
            FROM travel_time t JOIN place p ON p.id = t.one_place JOIN place o ON o.id = t.other_place
            """;

    private static final String PAIR = "one_place = least(:one, :other) AND other_place = greatest(:one, :other)";

    private final EntityManager database;
    private final Audit audit;
    private final Clock clock;

    @Inject
    TravelTimeRegistry(EntityManager database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    List<TravelTimeView> list(@Nullable UUID place, @Nullable Cursor after, int limit) {
        String sql = VIEW + """
                WHERE (cast(:place AS uuid) IS NULL OR :place IN (t.one_place, t.other_place))
                  AND (cast(:afterOne AS uuid) IS NULL OR (t.one_place, t.other_place) > (:afterOne, :afterOther))
                ORDER BY t.one_place, t.other_place LIMIT :limit""";
        Query query = database.createNativeQuery(sql, Tuple.class)
                .setParameter("place", place)
                .setParameter("afterOne", after == null ? null : one(after))
                .setParameter("afterOther", after == null ? null : after.id())
                .setParameter("limit", limit);
        return views(query);
    }

    private static UUID one(Cursor cursor) {
        try {
            return UUID.fromString(cursor.key());
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("?cursor", "cursor.not-ours");
        }
    }

    TravelTimeView view(UUID one, UUID other) {
        return find(one, other).orElseThrow(NotFound::new);
    }

    private Optional<TravelTimeView> find(UUID one, UUID other) {
        return views(pair(VIEW + " WHERE " + PAIR, one, other)).stream().findFirst();
    }

    /**
     * Creates or changes the travel time of a pair.
     *
     * @param expected the version that the caller read, or less than 1 if none. In that case only a provider's value
     *     may be replaced
     */
    TravelTimeView set(UUID one, UUID other, int expected, TravelTimeRequest request, String actor) {
        return Transactions.inNew(() -> {
            demandPlaces(one, other);
            Instant now = clock.instant();
            int next = audit.latest(Kind.TRAVEL_TIME, subject(one, other)) + 1;
            if (expected < 1) {
                Query entry = pair("""
                                INSERT INTO travel_time AS t (one_place, other_place, version, minutes, provided, note,
                                                              updated_at, updated_by)
                                VALUES (least(:one, :other), greatest(:one, :other), :version, :minutes, false, :note, :now, :actor)
                                ON CONFLICT (one_place, other_place) DO UPDATE
                                SET version = greatest(t.version + 1, :version), minutes = :minutes, provided = false,
                                    note = :note, updated_at = greatest(t.updated_at, :now), updated_by = :actor
                                WHERE t.provided""", one, other);
                entry.setParameter("version", next);
                if (write(entry, request, now, actor) == 0) {
                    Etag.expected(null);
                }
            } else {
                Query change = pair("""
                                UPDATE travel_time SET version = greatest(version + 1, :version), minutes = :minutes,
                                                       provided = false, note = :note,
                                                       updated_at = greatest(updated_at, :now),
                                                       updated_by = :actor
                                WHERE\s""" + PAIR, one, other);
                demand(one, other, expected);
                change.setParameter("version", next);
                write(change, request, now, actor);
            }
            TravelTimeView written = view(one, other);
            AuditAction deed = written.version() == 1 ? AuditAction.ENTERED : AuditAction.CHANGED;
            audit.append(Kind.TRAVEL_TIME, subject(one, other), written.version(), deed, written);
            return written;
        });
    }

    private static int write(Query query, TravelTimeRequest request, Instant now, String actor) {
        return query.setParameter("minutes", request.minutes())
                .setParameter("note", request.note())
                .setParameter("now", now)
                .setParameter("actor", actor)
                .executeUpdate();
    }

    void forget(UUID one, UUID other, int expected) {
        Transactions.inNew(() -> {
            demand(one, other, expected);
            TravelTimeView last = view(one, other);
            if (last.source() == Source.MANUAL) {
                audit.append(Kind.TRAVEL_TIME, subject(one, other), expected + 1, AuditAction.FORGOTTEN, last);
            }
            return pair("DELETE FROM travel_time WHERE " + PAIR, one, other).executeUpdate();
        });
    }

    /** The audit subject of a pair. Versions continue after a deletion, so no ETag is reused. */
    private static String subject(UUID one, UUID other) {
        boolean inOrder = one.toString().compareTo(other.toString()) < 0;
        return inOrder ? one + ":" + other : other + ":" + one;
    }

    /** Locks the pair and checks its version. */
    private void demand(UUID one, UUID other, int expected) {
        List<?> versions = database.createNativeQuery("SELECT version FROM travel_time WHERE " + PAIR + " FOR UPDATE")
                .setParameter("one", one)
                .setParameter("other", other)
                .getResultList();
        if (versions.isEmpty()) {
            throw new NotFound();
        }
        Etag.check(expected, (Integer) versions.getFirst());
    }

    private void demandPlaces(UUID one, UUID other) {
        if (one.equals(other)) {
            throw new InvalidRequest("", "travel.same-place");
        }
        Long places = (Long) pair("""
                        SELECT (SELECT count(*) FROM venue WHERE id IN (:one, :other))
                             + (SELECT count(*) FROM branch WHERE id IN (:one, :other))""", Long.class, one, other).getSingleResult();
        if (places != 2) {
            throw new NotFound();
        }
    }

    private Query pair(String sql, UUID one, UUID other) {
        boolean read = sql.startsWith("WITH");
        return read
                ? pair(sql, Tuple.class, one, other)
                : database.createNativeQuery(sql).setParameter("one", one).setParameter("other", other);
    }

    private Query pair(String sql, Class<?> type, UUID one, UUID other) {
        return database.createNativeQuery(sql, type).setParameter("one", one).setParameter("other", other);
    }

    private static List<TravelTimeView> views(Query query) {
        @SuppressWarnings("unchecked")
        List<Tuple> rows = query.getResultList();
        return rows.stream()
                .map(row -> new TravelTimeView(
                        place(row, ""),
                        place(row, "other_"),
                        row.get("minutes", Integer.class),
                        row.get("provided", Boolean.class) ? Source.PROVIDER : Source.MANUAL,
                        row.get("note", String.class),
                        row.get("version", Integer.class),
                        row.get("updated_at", Instant.class),
                        row.get("updated_by", String.class)))
                .toList();
    }

    private static PlaceRef place(Tuple row, String prefix) {
        return new PlaceRef(
                row.get(prefix + "id", UUID.class),
                row.get(prefix + "kind", String.class),
                row.get(prefix + "code", String.class),
                row.get(prefix + "name", String.class));
    }
}
