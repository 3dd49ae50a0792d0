package org.lectern.notification.confirmation;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.lectern.notification.time.PollingJob;

/** Periodically sends confirmation messages that are due. */
@ApplicationScoped
class ConfirmationRounds {

    private final ConfirmationConfig config;
    private final PollingJob rounds;

    @Inject
    ConfirmationRounds(ConfirmationConfig config, ConfirmationMails mails) {
        this.config = config;
        this.rounds = new PollingJob("confirmations", config.pollInterval(), mails::sendAll);
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
