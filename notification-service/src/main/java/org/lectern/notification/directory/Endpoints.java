package org.lectern.notification.directory;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.text.CleanText;
import org.lectern.notification.directory.ChannelTerms.Accepted;
import org.lectern.notification.directory.breaker.Breakers;
import org.lectern.notification.directory.history.EndpointAction;
import org.lectern.notification.directory.history.EndpointHistory;
import org.lectern.notification.directory.history.EndpointHistoryEntry;
import org.lectern.notification.directory.history.EndpointState;
import org.lectern.notification.secret.Secrets;

/** The endpoints of branches. Every access requires the caller's scope. */
@ApplicationScoped
class Endpoints implements PanacheRepositoryBase<Endpoint, UUID> {

    private static final String TAKEN = "23505";
    private static final int LONGEST_REASON = 500;

    private final Recipients branches;
    private final Breakers breakers;
    private final Channels channels;
    private final BouncedAddresses bounced;
    private final Owners owners;
    private final EndpointConfig config;
    private final Sql sql;
    private final Secrets secrets;
    private final FormerSecrets formerSecrets;
    private final Troubles troubles;
    private final EndpointHistory history;
    private final Event<EndpointSwitched> switched;
    private final Clock clock;

    @Inject
    Endpoints(
            Recipients branches,
            Breakers breakers,
            Channels channels,
            BouncedAddresses bounced,
            Owners owners,
            EndpointConfig config,
            Sql sql,
            Secrets secrets,
            FormerSecrets formerSecrets,
            Troubles troubles,
            EndpointHistory history,
            Event<EndpointSwitched> switched,
            Clock clock) {
        this.branches = branches;
        this.breakers = breakers;
        this.channels = channels;
        this.bounced = bounced;
        this.owners = owners;
        this.config = config;
        this.sql = sql;
        this.secrets = secrets;
        this.formerSecrets = formerSecrets;
        this.troubles = troubles;
        this.history = history;
        this.switched = switched;
        this.clock = clock;
    }

    /**
     * The person who adds, changes or removes an endpoint.
     *
     * @param organizer whether that person may vouch for an address
     */
    record Editor(Scope scope, String name, boolean organizer) {}

    List<EndpointView> of(Scope scope, UUID branch, boolean addressShown) {
        return Transactions.inNew(() -> {
            branches.demandVisible(scope, branch);
            return list("branchId = ?1 and removedAt is null order by id", branch).stream()
                    .map(endpoint -> view(scope, endpoint, addressShown, null))
                    .toList();
        });
    }

    EndpointView one(Scope scope, UUID branch, UUID id, boolean addressShown) {
        return Transactions.inNew(
                () -> view(scope, existing(scope, branch, id, LockModeType.NONE), addressShown, null));
    }

    EndpointView add(Editor editor, UUID branch, @Nullable NewEndpoint wanted) {
        if (wanted == null) {
            throw new InvalidRequest("", "member.required");
        }
        String vouchedFor = vouching(editor, wanted.vouchedFor());
        List<Violation> violations = new ArrayList<>();
        String channel = wanted.channel();
        Optional<ChannelTerms> terms = Optional.empty();
        if (channel == null) {
            violations.add(new Violation("/channel", "member.required"));
        } else {
            terms = channels.terms(channel);
            if (terms.isEmpty()) {
                violations.add(new Violation("/channel", "channel.unknown", channels.names()));
            }
        }
        Accepted accepted = accepted(terms, wanted.address(), wanted.secret(), violations);
        demandFit(vouchedFor, terms, violations);
        InvalidRequest.unlessEmpty(violations);
        ChannelTerms demanded = terms.orElseThrow();
        return unlessTaken(() -> {
            branches.demandVisible(editor.scope(), branch);
            bounced.demandUsable(
                    demanded.channel(), accepted.address(), editor.scope().codes() == null);
            var endpoint = new Endpoint(
                    branch,
                    demanded.channel(),
                    accepted.address(),
                    demanded.provesItself(),
                    Boolean.TRUE.equals(wanted.fallback()),
                    clock.instant());
            String made = demanded.newSecret();
            String kept = made == null ? accepted.secret() : made;
            if (kept != null) {
                endpoint.keep(secrets.seal(kept, endpoint.id()));
            }
            if (vouchedFor != null) {
                vouch(endpoint, accepted.address(), editor, vouchedFor);
            }
            persistAndFlush(endpoint);
            demandRoom(branch);
            history.add(
                    identity(endpoint),
                    vouchedFor == null
                            ? EnumSet.of(EndpointAction.ADDED)
                            : EnumSet.of(EndpointAction.ADDED, EndpointAction.VOUCHED),
                    editor.name(),
                    vouchedFor,
                    null,
                    state(endpoint));
            if (demanded.ownerConfirms() && endpoint.pending()) {
                owners.ask(endpoint.id(), branch, accepted.address(), editor.name());
            }
            return view(editor.scope(), endpoint, true, made);
        });
    }

    EndpointView change(Editor editor, UUID branch, UUID id, int expected, @Nullable EndpointChange wanted) {
        if (wanted == null) {
            throw new InvalidRequest("", "member.required");
        }
        String vouchedFor = vouching(editor, wanted.vouchedFor());
        return unlessTaken(() -> {
            Endpoint endpoint = existing(editor.scope(), branch, id, LockModeType.PESSIMISTIC_WRITE);
            List<Violation> violations = new ArrayList<>();
            boolean moves = wanted.secret() != null
                    || !String.valueOf(endpoint.address()).equals(wanted.address());
            Optional<ChannelTerms> terms = channels.terms(endpoint.channel());
            Accepted accepted = moves ? accepted(terms, wanted.address(), wanted.secret(), violations) : null;
            Boolean enabled = wanted.enabled();
            if (enabled == null) {
                violations.add(new Violation("/enabled", "member.required"));
            }
            demandFit(vouchedFor, terms, violations);
            InvalidRequest.unlessEmpty(violations);
            boolean use = Boolean.TRUE.equals(enabled);
            Etag.check(expected, endpoint.version());
            boolean was = endpoint.usable();
            EndpointState before = state(endpoint);
            Set<EndpointAction> actions = EnumSet.noneOf(EndpointAction.class);
            boolean moved = accepted != null
                    && (accepted.secret() != null || !accepted.address().equals(endpoint.address()));
            if (accepted != null && moved) {
                if (!accepted.address().equals(endpoint.address())) {
                    actions.add(EndpointAction.ADDRESS_CHANGED);
                }
                endpoint.move(
                        accepted.address(),
                        terms.map(ChannelTerms::provesItself).orElse(false),
                        clock.instant());
                if (accepted.secret() != null) {
                    actions.add(EndpointAction.SECRET_CHANGED);
                    endpoint.keep(secrets.seal(accepted.secret(), endpoint.id()));
                    formerSecrets.end(id);
                }
            }
            String address = endpoint.address();
            if (use && address != null && (accepted != null || !endpoint.usable())) {
                bounced.demandUsable(endpoint.channel(), address, editor.scope().codes() == null);
            }
            if (address != null
                    && endpoint.pending()
                    && terms.map(ChannelTerms::ownerConfirms).orElse(false)) {
                settle(endpoint, address, editor, vouchedFor, moved, use);
                if (vouchedFor != null) {
                    actions.add(EndpointAction.VOUCHED);
                }
            }
            endpoint.use(use, clock.instant());
            if (wanted.fallback() != null) {
                endpoint.keepForFallback(wanted.fallback(), clock.instant());
            }
            flush();
            EndpointState after = state(endpoint);
            actions.addAll(EndpointAction.between(before, after));
            if (endpoint.usable() && troubles.over(id)) {
                actions.add(EndpointAction.RECOVERED);
            }
            String reason = actions.contains(EndpointAction.VOUCHED) ? vouchedFor : null;
            history.add(identity(endpoint), actions, editor.name(), reason, before, after);
            if (was != endpoint.usable()) {
                switched.fire(new EndpointSwitched(
                        id, endpoint.usable() ? EndpointSwitched.To.ENABLED : EndpointSwitched.To.DISABLED));
            }
            return view(editor.scope(), endpoint, true, null);
        });
    }

    /** Vouches for the address, or asks the owner of a new one. Enabling the endpoint does not undo a refusal. */
    private void settle(
            Endpoint endpoint, String address, Editor editor, @Nullable String vouchedFor, boolean moved, boolean use) {
        if (vouchedFor != null) {
            vouch(endpoint, address, editor, vouchedFor);
        } else if (moved) {
            owners.ask(endpoint.id(), endpoint.branchId(), address, editor.name());
        } else if (use) {
            owners.demandNotRefused(endpoint.branchId(), address);
        }
    }

    private void vouch(Endpoint endpoint, String address, Editor editor, String reason) {
        owners.forgetRefusal(endpoint.branchId(), address);
        endpoint.vouch(editor.name(), reason, clock.instant());
    }

    /** Serialises additions to one branch, so that each counts the others. */
    private void demandRoom(UUID branch) {
        sql.one("SELECT id FROM recipient WHERE id = ? FOR NO KEY UPDATE", row -> row.id("id"), branch);
        var there = sql.one("""
                        SELECT count(*) AS endpoints, count(*) FILTER (WHERE channel = 'email') AS mailboxes
                        FROM endpoint WHERE branch_id = ? AND removed_at IS NULL""", row -> Map.entry(row.number("endpoints") - 1, row.number("mailboxes") - 1), branch)
                .orElseThrow();
        if (there.getValue() >= config.maxMailboxesPerBranch()) {
            throw TooManyEndpoints.mailboxes(there.getValue(), config.maxMailboxesPerBranch());
        }
        if (there.getKey() >= config.maxPerBranch()) {
            throw TooManyEndpoints.ofAllChannels(there.getKey(), config.maxPerBranch());
        }
    }

    private static @Nullable String vouching(Editor editor, @Nullable String vouchedFor) {
        if (vouchedFor != null && !editor.organizer()) {
            throw new VouchingForbidden();
        }
        return vouchedFor == null ? null : vouchedFor.strip();
    }

    private static void demandFit(
            @Nullable String vouchedFor, Optional<ChannelTerms> terms, List<Violation> violations) {
        if (vouchedFor == null) {
            return;
        }
        if (vouchedFor.isEmpty() || CleanText.length(vouchedFor) > LONGEST_REASON) {
            violations.add(new Violation("/vouchedFor", "reason.length", LONGEST_REASON));
        } else if (terms.isPresent() && !terms.get().ownerConfirms()) {
            violations.add(new Violation("/vouchedFor", "vouched.none"));
        }
    }

    /**
     * Gives a webhook a new secret. Former secrets stay valid for the promised time, or end at once without an overlap.
     */
    EndpointView rotate(Editor editor, UUID branch, UUID id, int expected, Duration overlap) {
        return Transactions.inNew(() -> {
            Endpoint endpoint = existing(editor.scope(), branch, id, LockModeType.PESSIMISTIC_WRITE);
            Etag.check(expected, endpoint.version());
            String made = channels.terms(endpoint.channel())
                    .map(ChannelTerms::newSecret)
                    .orElseThrow(NoGeneratedSecret::new);
            Instant now = clock.instant();
            var before = endpoint.rotate(secrets.seal(made, id), now);
            flush();
            if (overlap.isZero()) {
                formerSecrets.end(id); // a former secret may be known to others
            } else {
                before.ifPresent(secret -> formerSecrets.keep(id, secret, now.plus(overlap)));
            }
            EndpointState same = state(endpoint);
            history.add(identity(endpoint), EnumSet.of(EndpointAction.SECRET_ROTATED), editor.name(), null, same, same);
            return view(editor.scope(), endpoint, true, made);
        });
    }

    void remove(Editor editor, UUID branch, UUID id, int expected) {
        Transactions.inNew(() -> {
            Endpoint endpoint = existing(editor.scope(), branch, id, LockModeType.PESSIMISTIC_WRITE);
            Etag.check(expected, endpoint.version());
            EndpointState before = state(endpoint);
            endpoint.remove(clock.instant());
            flush();
            history.add(identity(endpoint), EnumSet.of(EndpointAction.REMOVED), editor.name(), null, before, null);
            formerSecrets.end(id);
            troubles.over(id);
            switched.fire(new EndpointSwitched(id, EndpointSwitched.To.REMOVED));
            return endpoint;
        });
    }

    /** The history of an endpoint, also of a removed one, newest first. */
    List<EndpointHistoryEntry> changes(Scope scope, UUID branch, UUID id, @Nullable UUID after, int limit) {
        branches.demandVisible(scope, branch);
        if (count("id = ?1 and branchId = ?2", id, branch) == 0) {
            throw new NotFound();
        }
        return history.of(id, after, limit);
    }

    private static EndpointHistory.Of identity(Endpoint endpoint) {
        return new EndpointHistory.Of(endpoint.id(), endpoint.branchId(), endpoint.version());
    }

    private EndpointState state(Endpoint endpoint) {
        return endpoint.state(channels.masked(endpoint.channel(), String.valueOf(endpoint.address())));
    }

    private EndpointView view(Scope scope, Endpoint endpoint, boolean addressShown, @Nullable String newSecret) {
        String address = endpoint.address();
        String shown = address == null || addressShown ? address : channels.masked(endpoint.channel(), address);
        Owners.ConfirmationRequest asked =
                address == null || !endpoint.pending() ? null : owners.lastAsked(endpoint.id(), address);
        return endpoint.view(
                scope.kind(), shown, breakers.of(endpoint.id()), asked, newSecret, formerSecrets.until(endpoint.id()));
    }

    private Endpoint existing(Scope scope, UUID branch, UUID id, LockModeType lock) {
        branches.demandVisible(scope, branch);
        return find("id = ?1 and branchId = ?2 and removedAt is null", id, branch)
                .withLock(lock)
                .firstResultOptional()
                .orElseThrow(NotFound::new);
    }

    private static Accepted accepted(
            Optional<ChannelTerms> terms,
            @Nullable String address,
            @Nullable String secret,
            List<Violation> violations) {
        if (address == null) {
            violations.add(new Violation("/address", "member.required"));
        } else if (terms.isPresent()) {
            return terms.get().accept(address, secret, violations);
        }
        return new Accepted("", null);
    }

    /** Relies on the unique index. A check beforehand would leave a gap for a concurrent request. */
    private static EndpointView unlessTaken(Supplier<EndpointView> work) {
        try {
            return Transactions.inNew(work);
        } catch (RuntimeException e) {
            if (TAKEN.equals(Transactions.sqlState(e))) {
                throw new EndpointExists();
            }
            throw e;
        }
    }
}
