package org.lectern.scheduler.registry.lecturer;

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
import org.lectern.scheduler.outbox.Outbox;
import org.lectern.scheduler.registry.References;

/** Creates, changes and archives lecturers; publishes every change. */
@ApplicationScoped
class LecturerRegistry {

    private final Lecturers lecturers;
    private final LecturerRules rules;
    private final Outbox outbox;
    private final References references;
    private final Sql sql;
    private final Audit audit;
    private final Consequences consequences;
    private final Clock clock;

    @Inject
    LecturerRegistry(
            Lecturers lecturers,
            LecturerRules rules,
            Outbox outbox,
            References references,
            Sql sql,
            Audit audit,
            Consequences consequences,
            Clock clock) {
        this.lecturers = lecturers;
        this.rules = rules;
        this.outbox = outbox;
        this.references = references;
        this.sql = sql;
        this.audit = audit;
        this.consequences = consequences;
        this.clock = clock;
    }

    LecturerView create(LecturerRequest request) {
        return Transactions.inNew(() -> {
            check(request);
            Lecturer lecturer = new Lecturer(rules.withDefaults(request), clock.instant());
            lecturers.persistAndFlush(lecturer);
            outbox.append(lecturer.event());
            audit.append(List.of(lecturer.entered()));
            return lecturer.view();
        });
    }

    LecturerView change(UUID id, int expected, LecturerRequest request, boolean rehearsal) {
        return Transactions.inNew(rehearsal, () -> {
            Lecturer lecturer = lecturers.locked(id);
            Etag.check(expected, lecturer.version());
            check(request);
            if (Boolean.TRUE.equals(request.archived()) && !lecturer.isArchived()) {
                references.demandFree("lecturer", id, "/archived");
            }
            Lecturer.Contact before = lecturer.contact();
            Changed<LecturerView> changed = consequences.of(Scope.ofLecturer(id), () -> {
                if (lecturer.change(rules.withDefaults(request), clock.instant())) {
                    lecturers.flush();
                    outbox.append(lecturer.event());
                    audit.append(List.of(lecturer.changed(AuditAction.CHANGED, before)));
                }
                return lecturer.view();
            });
            return changed.value()
                    .with(changed.consequences())
                    .with(OutdatedBookings.of(sql, "lecturer", id).orElse(null));
        });
    }

    LecturerView archive(UUID id, int expected) {
        return Transactions.inNew(() -> {
            Lecturer lecturer = lecturers.locked(id);
            Etag.check(expected, lecturer.version());
            references.demandFree("lecturer", id, "");
            if (lecturer.archive(clock.instant())) {
                lecturers.flush();
                outbox.append(lecturer.event());
                audit.append(List.of(lecturer.changed(AuditAction.ARCHIVED, lecturer.contact())));
            }
            return lecturer.view();
        });
    }

    private void check(LecturerRequest request) {
        List<Violation> violations = new ArrayList<>();
        rules.check(
                request.tier(),
                request.zone(),
                request.locale(),
                (member, key, argument) -> violations.add(new Violation("/" + member, key, argument)));
        if (!lecturers.topics(request.topics()).containsAll(request.topics())) {
            violations.add(new Violation("/topicIds", "reference.unknown"));
        }
        InvalidRequest.unlessEmpty(violations);
    }
}
