package org.lectern.notification.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The settings of the running service, with overrides of a test. */
record Settings(IntakeConfig rest, Duration inboxRetention, Optional<Instant> silentBefore) implements IntakeConfig {

    Settings(IntakeConfig rest) {
        this(rest, rest.inboxRetention(), rest.silentBefore());
    }

    Settings remembering(Duration retention) {
        return new Settings(rest, retention, silentBefore);
    }

    Settings silentBefore(Instant moment) {
        return new Settings(rest, inboxRetention, Optional.of(moment));
    }

    @Override
    public boolean enabled() {
        return true;
    }

    @Override
    public String group() {
        return rest.group();
    }

    @Override
    public Optional<String> instanceId() {
        return rest.instanceId();
    }

    @Override
    public int batchSize() {
        return rest.batchSize();
    }

    @Override
    public Duration maxBackoff() {
        return rest.maxBackoff();
    }

    @Override
    public Duration sweepInterval() {
        return rest.sweepInterval();
    }

    @Override
    public Duration drainTimeout() {
        return rest.drainTimeout();
    }

    @Override
    public Duration topicRetention() {
        return rest.topicRetention();
    }
}
