package org.lectern.scheduler.registry.venue;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.registry.Search;

/** All venues. */
@ApplicationScoped
class Venues implements PanacheRepositoryBase<Venue, UUID> {

    List<VenueView> list(
            @Nullable String q,
            @Nullable UUID branchId,
            @Nullable String kind,
            @Nullable Integer minCapacity,
            boolean archived,
            @Nullable Cursor cursor,
            int limit) {
        Search search = new Search()
                .and("archived = :archived", "archived", archived)
                .and("branchId = :branch", "branch", branchId)
                .and("kind = :kind", "kind", kind)
                .and("capacity >= :capacity", "capacity", minCapacity)
                .text(q, "code", "name")
                .after(cursor);
        return find(search.condition() + " order by code", search.values()).page(0, limit).list().stream()
                .map(Venue::view)
                .toList();
    }

    VenueView view(UUID id) {
        return findByIdOptional(id).orElseThrow(NotFound::new).view();
    }

    Venue locked(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE).orElseThrow(NotFound::new);
    }

    /** The existing venues with these codes, locked, by code. */
    Map<String, Venue> lockedByCode(Collection<String> codes) {
        return find("code in ?1 order by id", codes).withLock(LockModeType.PESSIMISTIC_WRITE).list().stream()
                .collect(Collectors.toMap(Venue::code, Function.identity()));
    }

    boolean isBranch(UUID id) {
        return (Boolean) getEntityManager()
                .createNativeQuery("SELECT EXISTS (SELECT 1 FROM branch WHERE id = :id AND NOT archived)")
                .setParameter("id", id)
                .getSingleResult();
    }

    /** The ids of all branches in use by their codes. */
    @SuppressWarnings("unchecked")
    Map<String, UUID> branchesByCode() {
        Map<String, UUID> ids = new HashMap<>();
        List<Tuple> rows = getEntityManager()
                .createNativeQuery("SELECT code, id FROM branch WHERE NOT archived", Tuple.class)
                .getResultList();
        rows.forEach(row -> ids.put(row.get(0, String.class), row.get(1, UUID.class)));
        return ids;
    }

    @SuppressWarnings("unchecked")
    Map<UUID, String> codesOfBranches() {
        Map<UUID, String> codes = new HashMap<>();
        List<Tuple> rows = getEntityManager()
                .createNativeQuery("SELECT id, code FROM branch", Tuple.class)
                .getResultList();
        rows.forEach(row -> codes.put(row.get(0, UUID.class), row.get(1, String.class)));
        return codes;
    }
}
