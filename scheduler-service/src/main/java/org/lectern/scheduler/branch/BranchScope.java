package org.lectern.scheduler.branch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.lectern.scheduler.security.Caller;

/** Which branches a caller may see. */
@ApplicationScoped
public class BranchScope {

    private final EntityManager database;

    @Inject
    BranchScope(EntityManager database) {
        this.database = database;
    }

    public Optional<Set<UUID>> visibleTo(Caller caller) {
        return caller.confinedTo().map(codes -> {
            @SuppressWarnings("unchecked")
            List<UUID> ids = database.createNativeQuery(
                            "WITH RECURSIVE seen AS (SELECT id FROM branch WHERE code = ANY (:codes) UNION SELECT c.id FROM branch c JOIN seen ON c.parent_id = seen.id) SELECT id FROM seen",
                            UUID.class)
                    .setParameter("codes", codes.toArray(String[]::new))
                    .getResultList();
            return new HashSet<>(ids);
        });
    }
}
