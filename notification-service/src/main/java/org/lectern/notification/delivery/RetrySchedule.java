package org.lectern.notification.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When to try again: pauses that grow, each shifted by up to a fifth in either direction so that what failed together
 * does not come back together.
 */
record RetrySchedule(List<Duration> pauses) {

    private static final double JITTER = 0.2;

    RetrySchedule {
        pauses = List.copyOf(pauses);
        if (pauses.isEmpty()) {
            throw new IllegalArgumentException("There must be at least one attempt");
        }
    }

    /** How many attempts there are. */
    int attempts() {
        return pauses.size();
    }

    /**
     * The pause after so many attempts, or nothing when there were enough.
     *
     * @param chance evenly spread over [0, 1)
     */
    Optional<Duration> pauseAfter(int attempts, double chance) {
        if (attempts >= pauses.size()) {
            return Optional.empty();
        }
        double factor = 1 - JITTER + 2 * JITTER * chance;
        return Optional.of(Duration.ofMillis(Math.round(pauses.get(attempts).toMillis() * factor)));
    }
}
