package org.lectern.scheduler.registry.venue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.AuditAction;
import org.lectern.scheduler.consequence.Consequences;
import org.lectern.scheduler.consequence.Consequences.Changed;
import org.lectern.scheduler.consequence.Consequences.Scope;
import org.lectern.scheduler.consequence.OutdatedBookings;
import org.lectern.scheduler.registry.References;

/** Creates, changes and archives venues. */
@ApplicationScoped
class VenueRegistry {

    private final Venues venues;
    private final References references;
    private final Sql sql;
    private final Audit audit;
    private final Consequences consequences;
    private final Clock clock;

    @Inject
    VenueRegistry(Venues venues, References references, Sql sql, Audit audit, Consequences consequences, Clock clock) {
        this.venues = venues;
        this.references = references;
        this.sql = sql;
        this.audit = audit;
        this.consequences = consequences;
        this.clock = clock;
    }

    VenueView create(VenueRequest request) {
        return Transactions.inNew(() -> {
            check(request);
            Venue venue = new Venue(request, clock.instant());
            venues.persistAndFlush(venue);
            audit.append(List.of(venue.audited(AuditAction.ENTERED)));
            return venue.view();
        });
    }

    VenueView change(UUID id, int expected, VenueRequest request, boolean rehearsal) {
        return Transactions.inNew(rehearsal, () -> {
            Venue venue = venues.locked(id);
            Etag.check(expected, venue.version());
            check(request);
            if (Boolean.TRUE.equals(request.archived()) && !venue.isArchived()) {
                references.demandFree("venue", id, "/archived");
            }
            Changed<VenueView> changed = consequences.of(Scope.ofVenue(id), () -> {
                if (venue.change(request, clock.instant())) {
                    venues.flush();
                    audit.append(List.of(venue.audited(AuditAction.CHANGED)));
                }
                return venue.view();
            });
            return changed.value()
                    .with(changed.consequences())
                    .with(OutdatedBookings.of(sql, "venue", id).orElse(null));
        });
    }

    VenueView archive(UUID id, int expected) {
        return Transactions.inNew(() -> {
            Venue venue = venues.locked(id);
            Etag.check(expected, venue.version());
            references.demandFree("venue", id, "");
            if (venue.archive(clock.instant())) {
                audit.append(List.of(venue.audited(AuditAction.ARCHIVED)));
            }
            return venue.view();
        });
    }

    private void check(VenueRequest request) {
        List<Violation> violations = new ArrayList<>();
        if (!Venue.KINDS.contains(request.kind())) {
            violations.add(new Violation("/kind", "one-of", String.join(", ", Venue.KINDS)));
        }
        UUID branch = request.branchId();
        if (branch == null && request.kind().equals("branch-room")) {
            violations.add(new Violation("/branchId", "venue.room-of-branch"));
        }
        if (branch != null && !venues.isBranch(branch)) {
            violations.add(new Violation("/branchId", "reference.unknown"));
        }
        InvalidRequest.unlessEmpty(violations);
    }
}
