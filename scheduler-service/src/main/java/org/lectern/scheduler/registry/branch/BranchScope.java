package org.lectern.scheduler.registry.branch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.lectern.scheduler.security.Caller;

/** Which branches a caller may see: those his token names and all below them. */
@ApplicationScoped
public class BranchScope {

    private final Branches branches;

    @Inject
    BranchScope(Branches branches) {
        this.branches = branches;
    }

    /** The ids of the branches the caller is confined to; nothing means that he may see all. */
    public Optional<Set<UUID>> visibleTo(Caller caller) {
        return caller.confinedTo().map(codes -> new HashSet<>(codes.isEmpty() ? Set.of() : branches.subtreesOf(codes)));
    }
}
