package org.lectern.scheduler.registry.lecturer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
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
import org.lectern.scheduler.outbox.Outbox;
import org.lectern.scheduler.registry.Place;

/** Imports lecturers from CSV. */
@ApplicationScoped
class LecturerImport {

    static final String EXAMPLE = """
            code,name,tier,topics,zone,locale,address,latitude,longitude,email,phone
            L-007,林晓岚,municipal,T-01;T-03,Asia/Shanghai,zh-CN,云川大道1号,30.2741,120.1551,lin@example.org,+86 138 0000 0000
            """;

    static final List<String> COLUMNS = List.of(
            "code", "name", "tier", "topics", "zone", "locale", "address", "latitude", "longitude", "email", "phone");

    private final Lecturers lecturers;
    private final LecturerRules rules;
    private final Outbox outbox;
    private final Validator validator;
    private final Messages messages;
    private final Audit audit;
    private final Consequences consequences;
    private final Sql sql;
    private final Clock clock;

    @Inject
    LecturerImport(
            Lecturers lecturers,
            LecturerRules rules,
            Outbox outbox,
            Validator validator,
            Messages messages,
            Audit audit,
            Consequences consequences,
            Sql sql,
            Clock clock) {
        this.lecturers = lecturers;
        this.rules = rules;
        this.outbox = outbox;
        this.validator = validator;
        this.messages = messages;
        this.audit = audit;
        this.consequences = consequences;
        this.sql = sql;
        this.clock = clock;
    }

    ImportReport run(CsvFile file, boolean dryRun) {
        CsvImport run = new CsvImport(file, COLUMNS, Set.of("code", "name", "tier"), messages);
        Map<String, UUID> topics = lecturers.topicsByCode();
        Map<Row, LecturerRequest> valid = run.valid(row -> request(row, topics), validator);
        return Transactions.inNew(dryRun, () -> {
            run.begin();
            Map<String, Lecturer> known = lecturers.lockedByCode(
                    valid.values().stream().map(LecturerRequest::code).toList());
            run.demandFlawless(dryRun);
            Set<UUID> changing = new HashSet<>();
            for (LecturerRequest request : valid.values()) {
                Lecturer lecturer = known.get(request.code());
                if (lecturer != null && lecturer.differs(request)) {
                    changing.add(lecturer.id());
                }
            }
            List<Audit.Change> changes = new ArrayList<>();
            List<LecturerChanged> events = new ArrayList<>();
            ConsequencesView found = consequences.ofImport(changing, Scope::ofLecturers, () -> {
                valid.forEach(
                        (row, request) -> changes.addAll(store(run, row, request, known.get(request.code()), events)));
                lecturers.flush();
            });
            outbox.append(events);
            audit.append(changes);
            return run.report(dryRun)
                    .with(found, OutdatedBookings.of(sql, "lecturer", changing).orElse(null));
        });
    }

    private List<Audit.Change> store(
            CsvImport run,
            Row row,
            LecturerRequest request,
            @Nullable Lecturer lecturer,
            List<LecturerChanged> events) {
        if (lecturer == null) {
            var entered = new Lecturer(request, clock.instant());
            lecturers.persist(entered);
            events.add(entered.event());
            run.created(row);
            return List.of(entered.entered());
        }
        Lecturer.Contact before = lecturer.contact();
        boolean changed = lecturer.change(request, clock.instant());
        run.kept(row, changed);
        if (!changed) {
            return List.of();
        }
        events.add(lecturer.event());
        return List.of(lecturer.changed(AuditAction.CHANGED, before));
    }

    private LecturerRequest request(Row row, Map<String, UUID> topics) {
        Set<UUID> topicIds = new HashSet<>();
        for (String code : row.list("topics")) {
            UUID id = topics.get(code);
            if (id == null) {
                row.error("topics", "cell.reference", code);
            } else {
                topicIds.add(id);
            }
        }
        String tier = row.required("tier");
        String zone = row.text("zone");
        String locale = row.text("locale");
        rules.check(tier, zone, locale, row::error);
        return rules.withDefaults(new LecturerRequest(
                row.required("code"),
                row.required("name"),
                tier,
                topicIds,
                zone,
                locale,
                new Place(row.text("address"), row.number("latitude"), row.number("longitude")),
                row.text("email"),
                row.text("phone"),
                null));
    }

    /** The cells of an exported lecturer. */
    Function<LecturerView, Iterable<?>> cells() {
        Map<UUID, String> topics = new HashMap<>();
        lecturers.topicsByCode().forEach((code, id) -> topics.put(id, code));
        return view -> {
            Place home = Place.orEmpty(view.home());
            return Arrays.asList(
                    view.code(),
                    view.name(),
                    view.tier(),
                    view.topicIds().stream().map(topics::get).sorted().collect(Collectors.joining(";")),
                    view.zone(),
                    view.locale(),
                    home.address(),
                    home.latitude(),
                    home.longitude(),
                    view.email(),
                    view.phone());
        };
    }
}
