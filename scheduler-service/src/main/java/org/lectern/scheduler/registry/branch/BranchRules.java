package org.lectern.scheduler.registry.branch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.registry.Notified;
import org.lectern.scheduler.registry.Place;

/** Rules for a branch, from JSON or CSV. */
@ApplicationScoped
class BranchRules {

    private final BranchConfig config;

    @Inject
    BranchRules(BranchConfig config) {
        this.config = config;
    }

    /** Reports every violation, with the message key and its argument. */
    void check(String kind, @Nullable String zone, @Nullable String locale, Notified.Broken broken) {
        if (!kind.isBlank() && !config.kinds().contains(kind)) {
            broken.tell(
                    "kind",
                    "one-of",
                    String.join(", ", config.kinds().stream().sorted().toList()));
        }
        Notified.check(zone, locale, broken);
    }

    /** The values of a request, with defaults applied. */
    Branch.State state(BranchRequest request, @Nullable UUID parentId) {
        return new Branch.State(
                request.code(),
                request.name(),
                request.kind(),
                parentId,
                request.zone() == null ? config.defaultZone() : request.zone(),
                request.locale() == null ? config.defaultLocale() : request.locale(),
                request.headCount(),
                Boolean.TRUE.equals(request.parallel()),
                Place.orNull(request.place()));
    }
}
