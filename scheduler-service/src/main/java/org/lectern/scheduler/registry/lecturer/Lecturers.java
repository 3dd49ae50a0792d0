package org.lectern.scheduler.registry.lecturer;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.registry.Search;

/** All lecturers. */
@ApplicationScoped
class Lecturers implements PanacheRepositoryBase<Lecturer, UUID> {

    @Transactional
    List<LecturerView> list(
            @Nullable String q,
            @Nullable String tier,
            @Nullable UUID topicId,
            boolean archived,
            @Nullable Cursor cursor,
            int limit) {
        Search search = new Search()
                .and("archived = :archived", "archived", archived)
                .and("tier = :tier", "tier", tier)
                .and(":topic member of topicIds", "topic", topicId)
                .text(q, "code", "name")
                .after(cursor);
        return find(search.condition() + " order by code", search.values()).page(0, limit).list().stream()
                .map(Lecturer::view)
                .toList();
    }

    @Transactional
    LecturerView view(UUID id) {
        return findByIdOptional(id).orElseThrow(NotFound::new).view();
    }

    Lecturer locked(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE).orElseThrow(NotFound::new);
    }

    /** The existing lecturers with these codes, locked, by code. */
    Map<String, Lecturer> lockedByCode(Collection<String> codes) {
        return find("code in ?1 order by id", codes).withLock(LockModeType.PESSIMISTIC_WRITE).list().stream()
                .collect(Collectors.toMap(Lecturer::code, Function.identity()));
    }

    /** Those of these ids that are topics. */
    @SuppressWarnings("unchecked")
    Set<UUID> topics(Set<UUID> ids) {
        return new HashSet<UUID>(getEntityManager()
                .createNativeQuery("SELECT id FROM topic WHERE id = ANY (:ids)")
                .setParameter("ids", ids.toArray(UUID[]::new))
                .getResultList());
    }

    @SuppressWarnings("unchecked")
    Map<String, UUID> topicsByCode() {
        Map<String, UUID> ids = new HashMap<>();
        List<Tuple> rows = getEntityManager()
                .createNativeQuery("SELECT code, id FROM topic", Tuple.class)
                .getResultList();
        rows.forEach(row -> ids.put(row.get(0, String.class), row.get(1, UUID.class)));
        return ids;
    }
}
