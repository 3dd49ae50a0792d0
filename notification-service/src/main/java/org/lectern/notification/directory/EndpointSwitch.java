package org.lectern.notification.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.directory.history.EndpointAction;
import org.lectern.notification.directory.history.EndpointHistory;
import org.lectern.notification.directory.history.EndpointState;

/** Switches endpoints on behalf of the service, not of a person, in the running transaction. */
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

    private static final String UNSUBSCRIBED = """
            UPDATE endpoint SET unsubscribed_at = ?, version = version + 1
            WHERE id = ? AND unsubscribed_at IS NULL AND removed_at IS NULL""";

    private static final String BOTH_STATES = " RETURNING new.id, new.branch_id, new.version, new.channel, "
            + Snapshot.columns("old") + ", " + Snapshot.columns("new");

    private final Sql sql;
    private final Channels channels;
    private final EndpointHistory history;
    private final Event<EndpointSwitched> switched;
    private final BouncedAddresses bounced;
    private final Troubles troubles;
    private final Clock clock;

    @Inject
    EndpointSwitch(
            Sql sql,
            Channels channels,
            EndpointHistory history,
            Event<EndpointSwitched> switched,
            BouncedAddresses bounced,
            Troubles troubles,
            Clock clock) {
        this.channels = channels;
        this.history = history;
        this.bounced = bounced;
        this.troubles = troubles;
        this.sql = sql;
        this.switched = switched;
        this.clock = clock;
    }

    /**
     * Disables it because its receiver wants no messages or does not exist. Waiting deliveries are parked, and a notice
     * reports the problem. Enabling it does not release a bounced mailbox: see {@link BouncedAddresses}.
     */
    public void off(UUID endpoint, String reason) {
        if (changed(Set.of(), EndpointHistory.LECTERN, reason, OFF, reason, clock.instant(), endpoint)) {
            bounced.add(endpoint, reason);
            troubles.off(endpoint, reason);
            switched.fire(new EndpointSwitched(endpoint, EndpointSwitched.To.DISABLED));
        }
    }

    /**
     * Records the receiver's verification and releases parked deliveries.
     *
     * @param version the endpoint's version at the challenge: an address changed since is not verified
     * @param actor the person who requested the verification
     */
    public boolean verified(UUID endpoint, int version, String actor) {
        boolean counted =
                changed(Set.of(EndpointAction.VERIFIED), actor, null, VERIFIED, clock.instant(), endpoint, version);
        if (counted) {
            switched.fire(new EndpointSwitched(endpoint, EndpointSwitched.To.ENABLED));
        }
        return counted;
    }

    /** Records the owner's confirmation of that address and releases parked deliveries. */
    public void confirmed(UUID endpoint, String address) {
        Instant now = clock.instant();
        if (changed(
                Set.of(EndpointAction.CONFIRMED),
                EndpointHistory.LECTERN,
                null,
                CONFIRMED,
                now,
                now,
                endpoint,
                address)) {
            switched.fire(new EndpointSwitched(endpoint, EndpointSwitched.To.ENABLED));
        }
    }

    /** Records the owner's refusal of that address. The endpoint is disabled and stays unconfirmed. */
    public void refused(UUID endpoint, String address) {
        if (changed(
                Set.of(EndpointAction.REFUSED),
                EndpointHistory.LECTERN,
                null,
                REFUSED,
                clock.instant(),
                endpoint,
                address)) {
            switched.fire(new EndpointSwitched(endpoint, EndpointSwitched.To.DISABLED));
        }
    }

    /** Ends digests for a reader there. A repeat changes nothing. */
    public void unsubscribed(UUID endpoint) {
        changed(Set.of(), EndpointHistory.LECTERN, null, UNSUBSCRIBED, clock.instant(), endpoint);
    }

    /**
     * Changes one endpoint and records that in its history.
     *
     * @param actions actions that do not follow from its two states
     * @return whether anything changed
     */
    private boolean changed(
            Set<EndpointAction> actions, String actor, @Nullable String reason, String update, Object... parameters) {
        record Change(Snapshot before, Snapshot after) {}
        Optional<Change> change = sql.one(
                update + BOTH_STATES,
                row -> new Change(Snapshot.of(row, "old", channels), Snapshot.of(row, "new", channels)),
                parameters);
        change.ifPresent(both -> {
            EndpointState before = both.before().state();
            EndpointState after = both.after().state();
            Set<EndpointAction> all = EndpointAction.between(before, after);
            all.addAll(actions);
            history.add(both.after().endpoint(), all, actor, reason, before, after);
        });
        return change.isPresent();
    }
}
