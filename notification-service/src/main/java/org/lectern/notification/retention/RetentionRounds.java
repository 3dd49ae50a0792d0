package org.lectern.notification.retention;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.lectern.notification.time.PollingJob;

/** Removes old data in rounds. Refuses to start with a retention that is shorter than what others still show. */
@ApplicationScoped
class RetentionRounds {

    private static final Duration SHORTEST = Duration.ofDays(365);

    /** Settings that promise something about lectures which are over, or about events which may come again. */
    private static final List<String> PROMISES = List.of(
            "lectern.feed.past-shown-for",
            "lectern.feed.cancelled-shown-for",
            "lectern.link.valid-after-lecture",
            "lectern.delivery.expires-after-lecture",
            "lectern.delivery.expires-without-lecture",
            "lectern.intake.inbox-retention");

    private final Retention retention;
    private final PollingJob rounds;

    @Inject
    RetentionRounds(Retention retention, RetentionConfig config, Config settings) {
        demand("lectern.retention.after-lecture", config.afterLecture(), "365D", SHORTEST);
        demand("lectern.retention.records", config.records(), "365D", SHORTEST);
        for (String promise : PROMISES) {
            demand(
                    "lectern.retention.after-lecture",
                    config.afterLecture(),
                    promise,
                    settings.getValue(promise, Duration.class));
        }
        this.retention = retention;
        this.rounds = new PollingJob("removal of old data", config.interval(), retention::round);
    }

    static void demand(String setting, Duration value, String other, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException("%s must be at least %s, not %s".formatted(setting, other, value));
        }
    }

    void start(@Observes StartupEvent event) {
        rounds.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        retention.stop();
        rounds.stop();
    }
}
