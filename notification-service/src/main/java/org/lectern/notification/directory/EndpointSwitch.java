package org.lectern.notification.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.lectern.notification.transaction.Sql;

/** How the service itself, not a person, switches endpoints, in the running transaction. */
@ApplicationScoped
public class EndpointSwitch {

    private static final String OFF = """
            UPDATE endpoint SET enabled = false, disabled_reason = ?, version = version + 1, updated_at = ?
            WHERE id = ? AND enabled AND removed_at IS NULL""";

    private static final String VERIFIED = """
            UPDATE endpoint SET pending = false, version = version + 1, updated_at = ?
            WHERE id = ? AND version = ? AND pending AND removed_at IS NULL""";

    private static final String CONFIRMED = """
            UPDATE endpoint SET pending = false, confirmed_at = ?, version = version + 1, updated_at = ?
            WHERE id = ? AND address = ? AND pending AND removed_at IS NULL""";

    private static final String REFUSED = """
            UPDATE endpoint SET enabled = false, disabled_reason = 'owner-refused', version = version + 1, updated_at = ?
            WHERE id = ? AND address = ? AND pending AND removed_at IS NULL""";

    private final Sql sql;
    private final Event<EndpointSwitched> switched;
    private final BouncedAddresses bounced;
    private final Troubles troubles;
    private final Clock clock;

    @Inject
    EndpointSwitch(
            Sql sql, Event<EndpointSwitched> switched, BouncedAddresses bounced, Troubles troubles, Clock clock) {
        this.bounced = bounced;
        this.troubles = troubles;
        this.sql = sql;
        this.switched = switched;
        this.clock = clock;
    }

    /**
     * Switches it off because its receiver wants nothing any more, or does not exist; what waits for it is parked, and
     * somebody is told. A mailbox is not written to again by switching it on: see {@link BouncedAddresses}.
     */
    public void off(UUID endpoint, String reason) {
        if (sql.update(OFF, reason, clock.instant(), endpoint) == 1) {
            bounced.add(endpoint, reason);
            troubles.off(endpoint, reason);
            switched.fire(new EndpointSwitched(endpoint, EndpointSwitched.To.DISABLED));
        }
    }

    /**
     * Its receiver has proved itself; what was parked for it goes out.
     *
     * @param version at which it was asked: an address that was changed meanwhile has proved nothing
     */
    public boolean verified(UUID endpoint, int version) {
        boolean counted = sql.update(VERIFIED, clock.instant(), endpoint, version) == 1;
        if (counted) {
            switched.fire(new EndpointSwitched(endpoint, EndpointSwitched.To.ENABLED));
        }
        return counted;
    }

    /** The owner has confirmed that address of it; what was parked for it goes out. */
    public void confirmed(UUID endpoint, String address) {
        Instant now = clock.instant();
        if (sql.update(CONFIRMED, now, now, endpoint, address) == 1) {
            switched.fire(new EndpointSwitched(endpoint, EndpointSwitched.To.ENABLED));
        }
    }

    /** The owner of that address wants nothing from its branch: it is switched off and stays unconfirmed. */
    public void refused(UUID endpoint, String address) {
        if (sql.update(REFUSED, clock.instant(), endpoint, address) == 1) {
            switched.fire(new EndpointSwitched(endpoint, EndpointSwitched.To.DISABLED));
        }
    }
}
