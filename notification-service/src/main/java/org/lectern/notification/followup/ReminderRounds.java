package org.lectern.notification.followup;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.lectern.notification.time.PollingJob;

/** Periodically sends reminders and day sheets that are due. */
@ApplicationScoped
class ReminderRounds {

    private final ReminderConfig config;
    private final PollingJob rounds;

    @Inject
    ReminderRounds(ReminderConfig config, Reminders reminders, DaySheetConfig daily, DaySheets sheets) {
        this.config = config;
        this.rounds = new PollingJob("reminders", config.pollInterval(), () -> {
            reminders.remind();
            if (daily.enabled()) {
                sheets.send();
            }
        });
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
