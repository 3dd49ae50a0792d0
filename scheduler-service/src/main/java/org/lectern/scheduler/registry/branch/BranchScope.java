package org.lectern.scheduler.registry.branch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.lectern.scheduler.security.Caller;

/** The branches that a caller may see: those named in its token and all below them. */
@ApplicationScoped
public class BranchScope {

    private final Branches branches;

    @Inject
    BranchScope(Branches branches) {
        this.branches = branches;
    }

    /** The ids of the branches in the caller's scope; empty for an unrestricted caller. */
    public Optional<Set<UUID>> visibleTo(Caller caller) {
        return caller.confinedTo().map(codes -> new HashSet<>(codes.isEmpty() ? Set.of() : branches.subtreesOf(codes)));
    }

    /** These branches and all below them; unknown ones are left out. */
    public Set<UUID> below(Set<UUID> ids) {
        return ids.isEmpty() ? Set.of() : new HashSet<>(branches.subtreesOf(ids));
    }
}
