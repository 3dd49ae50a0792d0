package org.lectern.notification.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The retry schedule: growing pauses with up to a fifth of jitter in either direction, so that failures do not retry
 * together.
 */
record RetrySchedule(List<Duration> pauses) {

    private static final double JITTER = 0.2;

    RetrySchedule {
        pauses = List.copyOf(pauses);
        if (pauses.isEmpty()) {
            throw new IllegalArgumentException("There must be at least one attempt");
        }
    }

    /** The number of attempts. */
    int attempts() {
        return pauses.size();
    }

    /**
     * The pause after that number of attempts. Empty when no retry is left.
     *
     * @param chance uniformly distributed over [0, 1)
     */
    Optional<Duration> pauseAfter(int attempts, double chance) {
        if (attempts >= pauses.size()) {
            return Optional.empty();
        }
        double factor = 1 - JITTER + 2 * JITTER * chance;
        return Optional.of(Duration.ofMillis(Math.round(pauses.get(attempts).toMillis() * factor)));
    }
}
