package org.lectern.notification.followup;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.lectern.chassis.database.Transactions;
import org.lectern.notification.delivery.Deliveries;
import org.lectern.notification.directory.Recipient;
import org.lectern.notification.directory.Recipients;
import org.lectern.notification.directory.Troubles;
import org.lectern.notification.directory.Troubles.Trouble;
import org.lectern.notification.notice.EndpointNotices;
import org.lectern.notification.time.PollingJob;

/**
 * Reports each endpoint that was disabled or is unreachable once. Recipient is its branch; if that has no other
 * endpoint, the parent branch; if that has none either, the organizers' branch. One transaction marks it as reported
 * and writes the notices, so any number of processes may run.
 */
@ApplicationScoped
class TroubleRounds {

    private static final Logger LOG = Logger.getLogger(TroubleRounds.class);

    private final EscalationConfig config;
    private final Troubles troubles;
    private final Recipients branches;
    private final EndpointNotices notices;
    private final Deliveries deliveries;
    private final PollingJob rounds;

    @Inject
    TroubleRounds(
            EscalationConfig config,
            Troubles troubles,
            Recipients branches,
            EndpointNotices notices,
            Deliveries deliveries) {
        this.config = config;
        this.troubles = troubles;
        this.branches = branches;
        this.notices = notices;
        this.deliveries = deliveries;
        this.rounds = new PollingJob("endpoints in trouble", config.pollInterval(), this::tellAll);
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            rounds.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        rounds.stop();
    }

    private void tellAll() {
        for (Trouble trouble : troubles.untold()) {
            try {
                Transactions.inNew(() -> tell(trouble));
            } catch (RuntimeException e) {
                LOG.warnf("The notice about endpoint %s is postponed: %s", trouble.endpoint(), e);
            }
        }
    }

    private boolean tell(Trouble trouble) {
        if (!troubles.told(trouble)) {
            return false;
        }
        Recipient branch = branches.find(trouble.branch()).orElseThrow();
        tell(trouble, branch, branch);
        if (troubles.otherEndpoint(branch.id(), trouble.endpoint())) {
            return true;
        }
        Optional<Recipient> above = branches.above(branch.id());
        above.ifPresent(parent -> tell(trouble, branch, parent));
        if (above.isEmpty() || !troubles.otherEndpoint(above.get().id(), trouble.endpoint())) {
            config.organizerBranch()
                    .flatMap(branches::coded)
                    .filter(organizers -> !organizers.id().equals(branch.id()))
                    .filter(organizers -> above.isEmpty()
                            || !organizers.id().equals(above.get().id()))
                    .ifPresent(organizers -> tell(trouble, branch, organizers));
        }
        return true;
    }

    private void tell(Trouble trouble, Recipient of, Recipient reader) {
        deliveries.announce(notices.write(trouble, of, reader));
    }
}
