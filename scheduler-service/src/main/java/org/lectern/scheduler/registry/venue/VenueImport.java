package org.lectern.scheduler.registry.venue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.AuditAction;
import org.lectern.scheduler.consequence.Consequences;
import org.lectern.scheduler.consequence.Consequences.Scope;
import org.lectern.scheduler.consequence.ConsequencesView;
import org.lectern.scheduler.consequence.OutdatedBookings;
import org.lectern.scheduler.csv.CsvFile;
import org.lectern.scheduler.csv.CsvImport;
import org.lectern.scheduler.csv.ImportReport;
import org.lectern.scheduler.csv.Row;
import org.lectern.scheduler.registry.Place;

/** Imports venues from CSV. */
@ApplicationScoped
class VenueImport {

    static final String EXAMPLE = """
            code,name,kind,branch,capacity,address,latitude,longitude
            V-014,青石村文化礼堂,branch-room,QS-V-014,120,青石村8号,30.2741,120.1551
            """;

    static final List<String> COLUMNS =
            List.of("code", "name", "kind", "branch", "capacity", "address", "latitude", "longitude");

    private final Venues venues;
    private final Validator validator;
    private final Messages messages;
    private final Audit audit;
    private final Consequences consequences;
    private final Sql sql;
    private final Clock clock;

    @Inject
    VenueImport(
            Venues venues,
            Validator validator,
            Messages messages,
            Audit audit,
            Consequences consequences,
            Sql sql,
            Clock clock) {
        this.venues = venues;
        this.validator = validator;
        this.messages = messages;
        this.audit = audit;
        this.consequences = consequences;
        this.sql = sql;
        this.clock = clock;
    }

    ImportReport run(CsvFile file, boolean dryRun) {
        CsvImport run = new CsvImport(file, COLUMNS, Set.of("code", "name", "kind"), messages);
        Map<String, UUID> branches = venues.branchesByCode();
        Map<Row, VenueRequest> valid = run.valid(row -> request(row, branches), validator);
        return Transactions.inNew(dryRun, () -> {
            run.begin();
            Map<String, Venue> known = venues.lockedByCode(
                    valid.values().stream().map(VenueRequest::code).toList());
            run.demandFlawless(dryRun);
            Set<UUID> changing = new HashSet<>();
            for (VenueRequest request : valid.values()) {
                Venue venue = known.get(request.code());
                if (venue != null && venue.differs(request)) {
                    changing.add(venue.id());
                }
            }
            List<Audit.Change> changes = new ArrayList<>();
            ConsequencesView found = consequences.ofImport(changing, Scope::ofVenues, () -> {
                valid.forEach((row, request) -> changes.addAll(store(run, row, request, known.get(request.code()))));
                venues.flush();
            });
            audit.append(changes);
            return run.report(dryRun)
                    .with(found, OutdatedBookings.of(sql, "venue", changing).orElse(null));
        });
    }

    private List<Audit.Change> store(CsvImport run, Row row, VenueRequest request, @Nullable Venue venue) {
        if (venue == null) {
            var entered = new Venue(request, clock.instant());
            venues.persist(entered);
            run.created(row);
            return List.of(entered.audited(AuditAction.ENTERED));
        }
        boolean changed = venue.change(request, clock.instant());
        run.kept(row, changed);
        return changed ? List.of(venue.audited(AuditAction.CHANGED)) : List.of();
    }

    private static VenueRequest request(Row row, Map<String, UUID> branches) {
        String kind = row.required("kind");
        String code = row.text("branch");
        UUID branch = code == null ? null : branches.get(code);
        if (!kind.isEmpty() && !Venue.KINDS.contains(kind)) {
            row.error("kind", "one-of", String.join(", ", Venue.KINDS));
        }
        if (code != null && branch == null) {
            row.error("branch", "cell.reference", code);
        }
        if (code == null && kind.equals("branch-room")) {
            row.error("branch", "venue.room-of-branch");
        }
        return new VenueRequest(
                row.required("code"),
                row.required("name"),
                kind,
                branch,
                row.wholeNumber("capacity"),
                new Place(row.text("address"), row.number("latitude"), row.number("longitude")),
                null);
    }

    /** The cells of an exported venue. */
    Function<VenueView, Iterable<?>> cells() {
        Map<UUID, String> branches = venues.codesOfBranches();
        return view -> {
            Place place = Place.orEmpty(view.place());
            return Arrays.asList(
                    view.code(),
                    view.name(),
                    view.kind(),
                    view.branchId() == null ? null : branches.get(view.branchId()),
                    view.capacity(),
                    place.address(),
                    place.latitude(),
                    place.longitude());
        };
    }
}
