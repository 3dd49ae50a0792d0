package org.lectern.scheduler.registry.branch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.AuditAction;
import org.lectern.scheduler.csv.CsvFile;
import org.lectern.scheduler.csv.CsvImport;
import org.lectern.scheduler.csv.ImportReport;
import org.lectern.scheduler.csv.Row;
import org.lectern.scheduler.outbox.Outbox;
import org.lectern.scheduler.registry.Place;

/** Imports branches from CSV; a parent may be anywhere in the same file. */
@ApplicationScoped
class BranchImport {

    static final String EXAMPLE = """
            code,name,kind,parent,zone,locale,headCount,parallel,address,latitude,longitude
            QS-V-014,青石村,village,QS,Asia/Shanghai,zh-CN,1200,false,青石村8号,30.2741,120.1551
            """;

    static final List<String> COLUMNS = List.of(
            "code",
            "name",
            "kind",
            "parent",
            "zone",
            "locale",
            "headCount",
            "parallel",
            "address",
            "latitude",
            "longitude");

    private final Branches branches;
    private final BranchRegistry registry;
    private final BranchRules rules;
    private final Outbox outbox;
    private final Audit audit;
    private final Validator validator;
    private final Messages messages;
    private final Clock clock;

    @Inject
    BranchImport(
            Branches branches,
            BranchRegistry registry,
            BranchRules rules,
            Outbox outbox,
            Audit audit,
            Validator validator,
            Messages messages,
            Clock clock) {
        this.branches = branches;
        this.registry = registry;
        this.rules = rules;
        this.outbox = outbox;
        this.audit = audit;
        this.validator = validator;
        this.messages = messages;
        this.clock = clock;
    }

    ImportReport run(CsvFile file, boolean dryRun) {
        CsvImport run = new CsvImport(file, COLUMNS, Set.of("code", "name", "kind"), messages);
        Map<Row, BranchRequest> valid = run.valid(this::request, validator);
        return Transactions.inNew(dryRun, () -> {
            run.begin();
            branches.lockTree();
            Map<String, Branch> known = branches.lockedByCode(codes(valid));
            Map<String, UUID> ids = new HashMap<>();
            known.forEach((code, branch) -> ids.put(code, branch.id()));
            valid.values().forEach(request -> ids.putIfAbsent(request.code(), Uuid7.next()));
            Set<UUID> cyclic = cyclic(ids.values(), tree(valid, ids));

            List<Branch> created = new ArrayList<>();
            valid.forEach((row, request) -> {
                String parentCode = row.text("parent");
                UUID id = Objects.requireNonNull(ids.get(request.code()));
                UUID parent = parentCode == null ? null : ids.get(parentCode);
                if (parentCode != null && parent == null) {
                    row.error("parent", "cell.reference", parentCode);
                } else if (cyclic.contains(id)) {
                    row.error("parent", "branch.cycle");
                } else {
                    Branch.State state = rules.state(request, parent);
                    Branch branch = known.get(request.code());
                    if (branch == null) {
                        created.add(new Branch(id, state, clock.instant()));
                        run.created(row);
                    } else if (dryRun) {
                        run.kept(row, branch.change(state, branch.isArchived(), clock.instant()));
                    } else {
                        run.kept(row, registry.apply(branch, state, branch.isArchived()));
                    }
                }
            });
            ImportReport report = run.report(dryRun);
            if (!dryRun) {
                store(created);
            }
            return report;
        });
    }

    /** Stores parents before children, as the foreign key requires. */
    private void store(List<Branch> created) {
        Map<UUID, Branch> waiting = new HashMap<>();
        created.forEach(branch -> waiting.put(branch.id(), branch));
        for (Branch branch : created) {
            Deque<Branch> line = new ArrayDeque<>();
            for (Branch each = waiting.remove(branch.id()); each != null; each = waiting.remove(each.parentId())) {
                line.push(each);
            }
            line.forEach(branches::persist);
        }
        branches.flush();
        outbox.append(created.stream().map(Branch::event).toList());
        audit.append(created.stream()
                .map(branch -> branch.audited(AuditAction.ENTERED))
                .toList());
    }

    private BranchRequest request(Row row) {
        String kind = row.required("kind");
        String zone = row.text("zone");
        String locale = row.text("locale");
        rules.check(kind, zone, locale, row::error);
        return new BranchRequest(
                row.required("code"),
                row.required("name"),
                kind,
                null,
                zone,
                locale,
                row.wholeNumber("headCount"),
                row.yesOrNo("parallel"),
                new Place(row.text("address"), row.number("latitude"), row.number("longitude")),
                null);
    }

    private static Set<String> codes(Map<Row, BranchRequest> valid) {
        Set<String> codes = new HashSet<>();
        valid.forEach((row, request) -> {
            codes.add(request.code());
            String parent = row.text("parent");
            if (parent != null) {
                codes.add(parent);
            }
        });
        return codes;
    }

    /** The parent of every branch after the import. */
    private Map<UUID, UUID> tree(Map<Row, BranchRequest> valid, Map<String, UUID> ids) {
        Map<UUID, UUID> parents = new HashMap<>();
        branches.parents().forEach(parents::put);
        valid.forEach((row, request) -> {
            String parent = row.text("parent");
            UUID id = ids.get(request.code());
            if (parent == null) {
                parents.remove(id);
            } else if (ids.get(parent) != null) {
                parents.put(id, ids.get(parent));
            }
        });
        return parents;
    }

    /** The branches that are in a cycle of parents or below one. Visits each branch once. */
    private static Set<UUID> cyclic(Collection<UUID> ids, Map<UUID, UUID> parents) {
        Set<UUID> cyclic = new HashSet<>();
        Set<UUID> seen = new HashSet<>();
        for (UUID id : ids) {
            Set<UUID> line = new HashSet<>();
            UUID above = id;
            while (above != null && seen.add(above)) {
                line.add(above);
                above = parents.get(above);
            }
            if (above != null && (line.contains(above) || cyclic.contains(above))) {
                cyclic.addAll(line);
            }
        }
        return cyclic;
    }

    /**
     * The cells of an exported branch.
     *
     * @param visible the branches that may appear; empty for all
     */
    Function<BranchView, Iterable<?>> cells(Optional<Set<UUID>> visible) {
        Map<UUID, String> codes = branches.codes();
        visible.ifPresent(codes.keySet()::retainAll);
        return view -> {
            Place place = Place.orEmpty(view.place());
            return Arrays.asList(
                    view.code(),
                    view.name(),
                    view.kind(),
                    view.parentId() == null ? null : codes.get(view.parentId()),
                    view.zone(),
                    view.locale(),
                    view.headCount(),
                    view.parallel(),
                    place.address(),
                    place.latitude(),
                    place.longitude());
        };
    }
}
