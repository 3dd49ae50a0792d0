package org.lectern.scheduler.registry.lecturer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.registry.Notified;

/** Rules for a lecturer, from JSON or CSV. */
@ApplicationScoped
class LecturerRules {

    private final LecturerConfig config;

    @Inject
    LecturerRules(LecturerConfig config) {
        this.config = config;
    }

    /** Reports every violation, with the message key and its argument. */
    void check(String tier, @Nullable String zone, @Nullable String locale, Notified.Broken broken) {
        if (!tier.isBlank() && !config.tiers().contains(tier)) {
            broken.tell(
                    "tier",
                    "one-of",
                    String.join(", ", config.tiers().stream().sorted().toList()));
        }
        Notified.check(zone, locale, broken);
    }

    /** The request with the configured zone and language where it names none. */
    LecturerRequest withDefaults(LecturerRequest request) {
        return new LecturerRequest(
                request.code(),
                request.name(),
                request.tier(),
                request.topicIds(),
                request.zone() == null ? config.defaultZone() : request.zone(),
                request.locale() == null ? config.defaultLocale() : request.locale(),
                request.home(),
                request.email(),
                request.phone(),
                request.archived());
    }
}
