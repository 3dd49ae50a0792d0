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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.directory.ChannelTerms.Accepted;
import org.lectern.notification.problem.Etag;
import org.lectern.notification.problem.Flaw;
import org.lectern.notification.problem.InvalidRequest;
import org.lectern.notification.problem.NotFound;
import org.lectern.notification.secret.Secrets;
import org.lectern.notification.transaction.Transactions;

/** The endpoints of the branches: every access names the scope of who asks. */
@ApplicationScoped
class Endpoints implements PanacheRepositoryBase<Endpoint, UUID> {

    private static final String TAKEN = "23505";

    private final Branches branches;
    private final Breakers breakers;
    private final Channels channels;
    private final BouncedAddresses bounced;
    private final Secrets secrets;
    private final Event<EndpointSwitched> switched;
    private final Clock clock;

    @Inject
    Endpoints(
            Branches branches,
            Breakers breakers,
            Channels channels,
            BouncedAddresses bounced,
            Secrets secrets,
            Event<EndpointSwitched> switched,
            Clock clock) {
        this.branches = branches;
        this.breakers = breakers;
        this.channels = channels;
        this.bounced = bounced;
        this.secrets = secrets;
        this.switched = switched;
        this.clock = clock;
    }

    List<EndpointView> of(Scope scope, UUID branch, boolean addressShown) {
        return Transactions.inNew(() -> {
            branches.demandVisible(scope, branch);
            return list("branchId = ?1 and removedAt is null order by id", branch).stream()
                    .map(endpoint -> view(endpoint, addressShown))
                    .toList();
        });
    }

    EndpointView one(Scope scope, UUID branch, UUID id, boolean addressShown) {
        return Transactions.inNew(() -> view(existing(scope, branch, id, LockModeType.NONE), addressShown));
    }

    EndpointView add(Scope scope, UUID branch, @Nullable NewEndpoint wanted) {
        if (wanted == null) {
            throw new InvalidRequest("", "member.required");
        }
        List<Flaw> flaws = new ArrayList<>();
        String channel = wanted.channel();
        Optional<ChannelTerms> terms = Optional.empty();
        if (channel == null) {
            flaws.add(new Flaw("/channel", "member.required"));
        } else {
            terms = channels.terms(channel);
            if (terms.isEmpty()) {
                flaws.add(new Flaw("/channel", "channel.unknown", channels.names()));
            }
        }
        Accepted accepted = accepted(terms, wanted.address(), wanted.secret(), flaws);
        InvalidRequest.unlessEmpty(flaws);
        ChannelTerms demanded = terms.orElseThrow();
        return unlessTaken(() -> {
            branches.demandVisible(scope, branch);
            bounced.demandUsable(demanded.channel(), accepted.address(), scope.codes() == null);
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
            persistAndFlush(endpoint);
            return endpoint.view(endpoint.address(), null, made);
        });
    }

    EndpointView change(Scope scope, UUID branch, UUID id, int expected, @Nullable EndpointChange wanted) {
        if (wanted == null) {
            throw new InvalidRequest("", "member.required");
        }
        return unlessTaken(() -> {
            Endpoint endpoint = existing(scope, branch, id, LockModeType.PESSIMISTIC_WRITE);
            List<Flaw> flaws = new ArrayList<>();
            boolean moves = wanted.secret() != null
                    || !String.valueOf(endpoint.address()).equals(wanted.address());
            Optional<ChannelTerms> terms = channels.terms(endpoint.channel());
            Accepted accepted = moves ? accepted(terms, wanted.address(), wanted.secret(), flaws) : null;
            Boolean enabled = wanted.enabled();
            if (enabled == null) {
                flaws.add(new Flaw("/enabled", "member.required"));
            }
            InvalidRequest.unlessEmpty(flaws);
            boolean use = Boolean.TRUE.equals(enabled);
            Etag.check(expected, endpoint.version());
            boolean was = endpoint.usable();
            if (accepted != null
                    && (accepted.secret() != null || !accepted.address().equals(endpoint.address()))) {
                endpoint.move(
                        accepted.address(),
                        terms.map(ChannelTerms::provesItself).orElse(false),
                        clock.instant());
                if (accepted.secret() != null) {
                    endpoint.keep(secrets.seal(accepted.secret(), endpoint.id()));
                }
            }
            String address = endpoint.address();
            if (use && address != null && (accepted != null || !endpoint.usable())) {
                bounced.demandUsable(endpoint.channel(), address, scope.codes() == null);
            }
            endpoint.use(use, clock.instant());
            if (wanted.fallback() != null) {
                endpoint.keepForFallback(wanted.fallback(), clock.instant());
            }
            flush();
            if (was != endpoint.usable()) {
                switched.fire(new EndpointSwitched(
                        id, endpoint.usable() ? EndpointSwitched.To.ENABLED : EndpointSwitched.To.DISABLED));
            }
            return view(endpoint, true);
        });
    }

    /** Gives a webhook a new secret; the old one stays valid beside it for a while. */
    EndpointView rotate(Scope scope, UUID branch, UUID id, int expected, Duration overlap) {
        return Transactions.inNew(() -> {
            Endpoint endpoint = existing(scope, branch, id, LockModeType.PESSIMISTIC_WRITE);
            Etag.check(expected, endpoint.version());
            String made = channels.terms(endpoint.channel())
                    .map(ChannelTerms::newSecret)
                    .orElseThrow(NoSecretOfOurs::new);
            Instant now = clock.instant();
            endpoint.rotate(secrets.seal(made, id), now.plus(overlap), now);
            flush();
            return endpoint.view(endpoint.address(), breakers.of(id), made);
        });
    }

    void remove(Scope scope, UUID branch, UUID id, int expected) {
        Transactions.inNew(() -> {
            Endpoint endpoint = existing(scope, branch, id, LockModeType.PESSIMISTIC_WRITE);
            Etag.check(expected, endpoint.version());
            endpoint.remove(clock.instant());
            flush();
            switched.fire(new EndpointSwitched(id, EndpointSwitched.To.REMOVED));
            return endpoint;
        });
    }

    private EndpointView view(Endpoint endpoint, boolean addressShown) {
        String address = endpoint.address();
        String shown = address == null || addressShown ? address : channels.masked(endpoint.channel(), address);
        return endpoint.view(shown, breakers.of(endpoint.id()), null);
    }

    private Endpoint existing(Scope scope, UUID branch, UUID id, LockModeType lock) {
        branches.demandVisible(scope, branch);
        return find("id = ?1 and branchId = ?2 and removedAt is null", id, branch)
                .withLock(lock)
                .firstResultOptional()
                .orElseThrow(NotFound::new);
    }

    private static Accepted accepted(
            Optional<ChannelTerms> terms, @Nullable String address, @Nullable String secret, List<Flaw> flaws) {
        if (address == null) {
            flaws.add(new Flaw("/address", "member.required"));
        } else if (terms.isPresent()) {
            return terms.get().accept(address, secret, flaws);
        }
        return new Accepted("", null);
    }

    /** The unique index decides; asking before would leave a gap for a second request. */
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
