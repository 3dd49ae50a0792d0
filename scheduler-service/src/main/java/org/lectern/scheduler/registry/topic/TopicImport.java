package org.lectern.scheduler.registry.topic;

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

/** Imports topics from CSV. */
@ApplicationScoped
class TopicImport {

    static final String EXAMPLE =
            "code,title,description,durationMinutes,materialUrl\nT-03,乡村振兴政策解读,,90,https://files.example.org/t-03.pdf\n";

    static final List<String> COLUMNS = List.of("code", "title", "description", "durationMinutes", "materialUrl");

    private final Topics topics;
    private final Validator validator;
    private final Messages messages;
    private final Audit audit;
    private final Consequences consequences;
    private final Sql sql;
    private final Clock clock;

    @Inject
    TopicImport(
            Topics topics,
            Validator validator,
            Messages messages,
            Audit audit,
            Consequences consequences,
            Sql sql,
            Clock clock) {
        this.topics = topics;
        this.validator = validator;
        this.messages = messages;
        this.audit = audit;
        this.consequences = consequences;
        this.sql = sql;
        this.clock = clock;
    }

    ImportReport run(CsvFile file, boolean dryRun) {
        CsvImport run = new CsvImport(file, COLUMNS, Set.of("code", "title", "durationMinutes"), messages);
        Map<Row, TopicRequest> valid = run.valid(TopicImport::request, validator);
        return Transactions.inNew(dryRun, () -> {
            run.begin();
            Map<String, Topic> known = new HashMap<>(topics.lockedByCode(
                    valid.values().stream().map(TopicRequest::code).toList()));
            run.demandFlawless(dryRun);
            Set<UUID> changing = new HashSet<>();
            for (TopicRequest request : valid.values()) {
                Topic topic = known.get(request.code());
                if (topic != null && topic.differs(request)) {
                    changing.add(topic.id());
                }
            }
            List<Audit.Change> changes = new ArrayList<>();
            ConsequencesView found = consequences.ofImport(changing, Scope::ofTopics, () -> {
                valid.forEach((row, request) -> changes.addAll(store(run, row, request, known.get(request.code()))));
                topics.flush();
            });
            audit.append(changes);
            return run.report(dryRun)
                    .with(found, OutdatedBookings.of(sql, "topic", changing).orElse(null));
        });
    }

    private List<Audit.Change> store(CsvImport run, Row row, TopicRequest request, @Nullable Topic topic) {
        if (topic == null) {
            var entered = new Topic(request, clock.instant());
            topics.persist(entered);
            run.created(row);
            return List.of(entered.audited(AuditAction.ENTERED));
        }
        boolean changed = topic.change(request, clock.instant());
        run.kept(row, changed);
        return changed ? List.of(topic.audited(AuditAction.CHANGED)) : List.of();
    }

    private static TopicRequest request(Row row) {
        return new TopicRequest(
                row.required("code"),
                row.required("title"),
                row.text("description"),
                row.requiredNumber("durationMinutes"),
                row.text("materialUrl"),
                null);
    }

    /** The cells of an exported topic. */
    Function<TopicView, Iterable<?>> cells() {
        return view -> Arrays.asList(
                view.code(), view.title(), view.description(), view.durationMinutes(), view.materialUrl());
    }
}
