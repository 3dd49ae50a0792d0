package org.lectern.scheduler.registry.branch;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.registry.Search;

/** All branches, as a tree. */
@ApplicationScoped
class Branches implements PanacheRepositoryBase<Branch, UUID> {

    /**
     * Has no result class: Hibernate would cache every call as a separate query and compare later calls with all of
     * them.
     */
    private static final String SUBTREE = """
            WITH RECURSIVE subtree AS (
                SELECT id FROM branch WHERE %s
                UNION
                SELECT child.id FROM branch child JOIN subtree ON child.parent_id = subtree.id)
            SELECT id FROM subtree""";

    List<BranchView> list(
            @Nullable String q,
            @Nullable String kind,
            @Nullable UUID parentId,
            @Nullable UUID under,
            boolean archived,
            @Nullable Cursor cursor,
            int limit,
            Optional<Set<UUID>> visible) {
        Search search = new Search()
                .and("archived = :archived", "archived", archived)
                .and("kind = :kind", "kind", kind)
                .and("parentId = :parent", "parent", parentId)
                .and("id in :under", "under", under == null ? null : subtreeOf(under))
                .and("id in :visible", "visible", visible.orElse(null))
                .text(q, "code", "name")
                .after(cursor);
        return find(search.condition() + " order by code", search.values()).page(0, limit).list().stream()
                .map(Branch::view)
                .toList();
    }

    BranchView view(UUID id, Optional<Set<UUID>> visible) {
        return findByIdOptional(id)
                .filter(branch -> visible.isEmpty() || visible.get().contains(id))
                .orElseThrow(NotFound::new)
                .view();
    }

    Branch locked(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE).orElseThrow(NotFound::new);
    }

    /** The existing branches with these codes, locked, by code. */
    Map<String, Branch> lockedByCode(Collection<String> codes) {
        Map<String, Branch> found = new HashMap<>();
        find("code in ?1 order by id", codes)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list()
                .forEach(branch -> found.put(branch.code(), branch));
        return found;
    }

    /** Locks the shape of the tree until the transaction ends. */
    void lockTree() {
        getEntityManager()
                .createNativeQuery("SELECT cast(pg_advisory_xact_lock(hashtext('lectern.branch.tree')) AS text)")
                .getSingleResult();
    }

    /** The branch and all below it. */
    @SuppressWarnings("unchecked")
    List<UUID> subtreeOf(UUID id) {
        return getEntityManager()
                .createNativeQuery(SUBTREE.formatted("id = :id"))
                .setParameter("id", id)
                .getResultList();
    }

    /** The branches of these codes and all below them. */
    @SuppressWarnings("unchecked")
    List<UUID> subtreesOf(List<String> codes) {
        return getEntityManager()
                .createNativeQuery(SUBTREE.formatted("code = ANY (:codes)"))
                .setParameter("codes", codes.toArray(String[]::new))
                .getResultList();
    }

    /** These branches and all below them. */
    @SuppressWarnings("unchecked")
    List<UUID> subtreesOf(Set<UUID> ids) {
        return getEntityManager()
                .createNativeQuery(SUBTREE.formatted("id = ANY (:ids)"))
                .setParameter("ids", ids.toArray(UUID[]::new))
                .getResultList();
    }

    @SuppressWarnings("unchecked")
    Map<UUID, UUID> parents() {
        Map<UUID, UUID> parents = new HashMap<>();
        List<Tuple> rows = getEntityManager()
                .createNativeQuery("SELECT id, parent_id FROM branch WHERE parent_id IS NOT NULL", Tuple.class)
                .getResultList();
        rows.forEach(row -> parents.put(row.get(0, UUID.class), row.get(1, UUID.class)));
        return parents;
    }

    @SuppressWarnings("unchecked")
    Map<UUID, String> codes() {
        Map<UUID, String> codes = new HashMap<>();
        List<Tuple> rows = getEntityManager()
                .createNativeQuery("SELECT id, code FROM branch", Tuple.class)
                .getResultList();
        rows.forEach(row -> codes.put(row.get(0, UUID.class), row.get(1, String.class)));
        return codes;
    }

    boolean isInUse(UUID id) {
        return count("id = ?1 and archived = false", id) > 0;
    }

    /** Makes the future lectures of a branch exclude each other, or lets them overlap. */
    void excludeOthers(UUID id, boolean exclusive) {
        getEntityManager()
                .createNativeQuery("""
                        UPDATE booking SET branch_exclusive = :exclusive
                        WHERE branch_id = :id AND is_active(status) AND ends_at > statement_timestamp()""")
                .setParameter("exclusive", exclusive)
                .setParameter("id", id)
                .executeUpdate();
        getEntityManager()
                .createNativeQuery("""
                        UPDATE booking_branch p SET exclusive = :exclusive FROM booking b
                        WHERE b.id = p.booking_id AND p.branch_id = :id AND p.guest
                          AND is_active(b.status) AND b.ends_at > statement_timestamp()""")
                .setParameter("exclusive", exclusive)
                .setParameter("id", id)
                .executeUpdate();
    }
}
