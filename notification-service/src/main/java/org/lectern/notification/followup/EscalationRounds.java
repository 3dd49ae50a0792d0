package org.lectern.notification.followup;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.lectern.notification.time.PollingJob;

/** Periodically takes escalation steps that are due. */
@ApplicationScoped
class EscalationRounds {

    private final EscalationConfig config;
    private final PollingJob rounds;

    @Inject
    EscalationRounds(EscalationConfig config, Escalations escalations) {
        this.config = config;
        this.rounds = new PollingJob("escalations", config.pollInterval(), escalations::escalate);
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            rounds.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        rounds.stop();
    }
}
