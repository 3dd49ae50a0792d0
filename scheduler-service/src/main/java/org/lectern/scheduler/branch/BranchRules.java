package org.lectern.scheduler.branch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Zones;
import org.lectern.scheduler.place.Place;

/** What a branch may be, whether it comes by JSON or by CSV. */
@ApplicationScoped
class BranchRules {

    private static final Set<String> LOCALES = Set.of("en", "zh-CN");

    private final BranchConfig config;

    @Inject
    BranchRules(BranchConfig config) {
        this.config = config;
    }

    /** Tells every member that breaks a rule, with the key of the text and its argument. */
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

    /** Hears of broken rules. */
    interface Broken {
        void tell(String member, String key, String argument);
    }

    /** The state a request amounts to, defaults filled in. */
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
