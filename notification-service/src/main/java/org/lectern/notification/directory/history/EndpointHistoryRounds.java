package org.lectern.notification.directory.history;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.lectern.notification.time.PollingJob;

/** Deletes entries past their retention once a day. */
@ApplicationScoped
class EndpointHistoryRounds {

    private static final Duration SHORTEST = Duration.ofDays(365);

    private final PollingJob rounds;

    @Inject
    EndpointHistoryRounds(EndpointHistoryConfig config, EndpointHistory history) {
        if (config.retention().compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("lectern.endpoint-history.retention must be at least 365D");
        }
        this.rounds = new PollingJob("endpoint history", Duration.ofDays(1), history::forget);
    }

    void start(@Observes StartupEvent event) {
        rounds.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        rounds.stop();
    }
}
