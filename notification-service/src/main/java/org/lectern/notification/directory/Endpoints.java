package org.lectern.notification.directory;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.problem.Etag;
import org.lectern.notification.problem.Flaw;
import org.lectern.notification.problem.InvalidRequest;
import org.lectern.notification.problem.NotFound;
import org.lectern.notification.transaction.Transactions;

/** The endpoints of the branches: every access names the scope of who asks. */
@ApplicationScoped
class Endpoints implements PanacheRepositoryBase<Endpoint, UUID> {

    private static final String EMAIL = "email";
    private static final String TAKEN = "23505";

    private final Branches branches;
    private final Breakers breakers;
    private final Event<EndpointSwitched> switched;
    private final Clock clock;

    @Inject
    Endpoints(Branches branches, Breakers breakers, Event<EndpointSwitched> switched, Clock clock) {
        this.branches = branches;
        this.breakers = breakers;
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
        if (channel == null) {
            flaws.add(new Flaw("/channel", "member.required"));
        } else if (!channel.equals(EMAIL)) {
            flaws.add(new Flaw("/channel", "channel.unknown"));
        }
        String address = address(wanted.address(), flaws);
        InvalidRequest.unlessEmpty(flaws);
        return unlessTaken(() -> {
            branches.demandVisible(scope, branch);
            var endpoint = new Endpoint(branch, EMAIL, address, clock.instant());
            persistAndFlush(endpoint);
            return view(endpoint, true);
        });
    }

    EndpointView change(Scope scope, UUID branch, UUID id, int expected, @Nullable EndpointChange wanted) {
        if (wanted == null) {
            throw new InvalidRequest("", "member.required");
        }
        List<Flaw> flaws = new ArrayList<>();
        String address = address(wanted.address(), flaws);
        Boolean enabled = wanted.enabled();
        if (enabled == null) {
            flaws.add(new Flaw("/enabled", "member.required"));
        }
        InvalidRequest.unlessEmpty(flaws);
        boolean use = Boolean.TRUE.equals(enabled);
        return unlessTaken(() -> {
            Endpoint endpoint = existing(scope, branch, id, LockModeType.PESSIMISTIC_WRITE);
            Etag.check(expected, endpoint.version());
            boolean was = endpoint.enabled();
            endpoint.change(address, use, clock.instant());
            flush();
            if (was != use) {
                switched.fire(
                        new EndpointSwitched(id, use ? EndpointSwitched.To.ENABLED : EndpointSwitched.To.DISABLED));
            }
            return view(endpoint, true);
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
        return endpoint.view(addressShown, breakers.of(endpoint.id()));
    }

    private Endpoint existing(Scope scope, UUID branch, UUID id, LockModeType lock) {
        branches.demandVisible(scope, branch);
        return find("id = ?1 and branchId = ?2 and removedAt is null", id, branch)
                .withLock(lock)
                .firstResultOptional()
                .orElseThrow(NotFound::new);
    }

    private static String address(@Nullable String text, List<Flaw> flaws) {
        if (text == null) {
            flaws.add(new Flaw("/address", "member.required"));
            return "";
        }
        return EmailAddress.parse(text).map(EmailAddress::asText).orElseGet(() -> {
            flaws.add(new Flaw("/address", "email.one-mailbox"));
            return "";
        });
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
