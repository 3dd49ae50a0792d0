package org.lectern.notification.inbound;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.inbound.InboundDesk.Outcome;
import org.lectern.notification.time.PollingJob;

/** Periodically reads the mailbox, one process at a time. No message can block those behind it. */
@ApplicationScoped
class InboundRounds {

    private static final Logger LOG = Logger.getLogger(InboundRounds.class);
    private static final int MOST_FAILURES = 3;

    private final InboundMailConfig config;
    private final ReplyAddresses addresses;
    private final InboundTurn turn;
    private final InboundDesk desk;
    private final Sql sql;
    private final MeterRegistry metrics;
    private final PollingJob rounds;
    private final Optional<ImapMailbox> mailbox;
    /** Failed attempts per message in this process; another process may succeed. */
    private final Map<ImapMailbox.Id, Integer> failures = new HashMap<>();

    @Inject
    InboundRounds(
            InboundMailConfig config,
            ReplyAddresses addresses,
            InboundTurn turn,
            InboundDesk desk,
            Sql sql,
            MeterRegistry metrics) {
        this.config = config;
        this.addresses = addresses;
        this.turn = turn;
        this.desk = desk;
        this.sql = sql;
        this.metrics = metrics;
        this.mailbox = config.enabled() ? Optional.of(new ImapMailbox(config)) : Optional.empty();
        this.rounds = new PollingJob("inbound mail", config.pollInterval(), this::round);
    }

    /** Created at startup, so that an incomplete configuration prevents the start. */
    void start(@Observes StartupEvent event) {
        if (addresses.areMade()) {
            rounds.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        rounds.stop();
        if (mailbox.isPresent()) {
            turn.end();
        }
    }

    /** Reads the mailbox, if it is this process's turn. */
    synchronized void round() {
        if (mailbox.isEmpty() || !turn.take()) {
            return;
        }
        try {
            mailbox.get().read(this::take, config.lease().dividedBy(2));
            metrics.counter("lectern.inbound.mail.rounds", "outcome", "read").increment();
        } catch (ImapMailbox.Unreachable e) {
            metrics.counter("lectern.inbound.mail.rounds", "outcome", "failed").increment();
            LOG.warnf("The mailbox cannot be read, next attempt in %s: %s", config.pollInterval(), e.getMessage());
        }
    }

    /** @return empty to try it again */
    private Optional<Outcome> take(ImapMailbox.Id id, byte[] octets) {
        Outcome outcome;
        try {
            outcome = octets.length > config.maxMessageSize() ? Outcome.TOO_LARGE : desk.take(octets);
        } catch (RuntimeException e) {
            sql.one("SELECT 1 AS one", row -> row.number("one")); // throws if the database is unavailable
            LOG.warnf("A message could not be applied: %s", e.getClass().getName());
            if (failures.merge(id, 1, Integer::sum) < MOST_FAILURES) {
                return Optional.empty();
            }
            outcome = Outcome.FAILED;
        }
        failures.remove(id);
        metrics.counter(
                        "lectern.inbound.mail.messages",
                        "outcome",
                        outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .increment();
        return Optional.of(outcome);
    }
}
