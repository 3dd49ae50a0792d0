package org.lectern.chassis.ratelimit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.lectern.chassis.ratelimit.Quota.Decision;

/** The recent requests of each caller to this process. */
@ApplicationScoped
class RateLimits {

    private final RateLimitConfig config;
    private final Clock clock;
    private final Map<String, Long> paidUntil;
    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

    @Inject
    RateLimits(RateLimitConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        int most = config.maxCallers();
        this.paidUntil = new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > most;
            }
        };
    }

    /** Counts a new request unless too many are in progress. If it returns true, the caller must call end(). */
    boolean begin(String caller) {
        int most = config.maxConcurrent();
        if (most == 0) {
            return true;
        }
        int now = underWay.merge(caller, 1, Integer::sum);
        if (now > most) {
            end(caller);
            return false;
        }
        return true;
    }

    void end(String caller) {
        underWay.computeIfPresent(caller, (name, now) -> now == 1 ? null : now - 1);
    }

    /** The caller's quota, if it has one. */
    Optional<Quota> of(String caller) {
        int requests = config.overrides().getOrDefault(caller, config.requests());
        return requests == 0 ? Optional.empty() : Optional.of(new Quota(requests, config.window()));
    }

    Decision ask(String caller, Quota quota) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        synchronized (paidUntil) {
            Decision decision = quota.ask(paidUntil.getOrDefault(caller, now), now);
            paidUntil.put(caller, decision.paidUntil());
            return decision;
        }
    }
}
