package org.lectern.scheduler.registry.branch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Zones;
import org.lectern.scheduler.registry.Place;

/** Rules for a branch, from JSON or CSV. */
@ApplicationScoped
class BranchRules {

    private static final Set<String> LOCALES = Set.of("en", "zh-CN");

    private final BranchConfig config;

    @Inject
    BranchRules(BranchConfig config) {
        this.config = config;
    }

    /** Reports every violation, with the message key and its argument. */
    void check(String kind, @Nullable String zone, @Nullable String locale, Broken broken) {
        if (!kind.isBlank() && !config.kinds().contains(kind)) {
            broken.tell(
                    "kind",
                    "one-of",
                    String.join(", ", config.kinds().stream().sorted().toList()));
        }
        if (zone != null && Zones.find(zone).isEmpty()) {
            broken.tell("zone", "zone.unknown", "");
        }
        if (locale != null && !LOCALES.contains(locale)) {
            broken.tell("locale", "one-of", "en, zh-CN");
        }
    }

    /** Receives violations. */
    interface Broken {
        void tell(String member, String key, String argument);
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
