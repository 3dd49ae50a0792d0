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
import org.lectern.scheduler.registry.References;

/** Creates, changes and archives lecturers. */
@ApplicationScoped
class LecturerRegistry {

    private final Lecturers lecturers;
    private final LecturerConfig config;
    private final References references;
    private final Sql sql;
    private final Audit audit;
    private final Consequences consequences;
    private final Clock clock;

    @Inject
    LecturerRegistry(
            Lecturers lecturers,
            LecturerConfig config,
            References references,
            Sql sql,
            Audit audit,
            Consequences consequences,
            Clock clock) {
        this.lecturers = lecturers;
        this.config = config;
        this.references = references;
        this.sql = sql;
        this.audit = audit;
        this.consequences = consequences;
        this.clock = clock;
    }

    LecturerView create(LecturerRequest request) {
        return Transactions.inNew(() -> {
            check(request);
            Lecturer lecturer = new Lecturer(request, clock.instant());
            lecturers.persistAndFlush(lecturer);
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
                if (lecturer.change(request, clock.instant())) {
                    lecturers.flush();
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
                audit.append(List.of(lecturer.changed(AuditAction.ARCHIVED, lecturer.contact())));
            }
            return lecturer.view();
        });
    }

    private void check(LecturerRequest request) {
        List<Violation> violations = new ArrayList<>();
        if (!config.tiers().contains(request.tier())) {
            violations.add(new Violation(
                    "/tier",
                    "one-of",
                    String.join(", ", config.tiers().stream().sorted().toList())));
        }
        if (!lecturers.topics(request.topics()).containsAll(request.topics())) {
            violations.add(new Violation("/topicIds", "reference.unknown"));
        }
        InvalidRequest.unlessEmpty(violations);
    }
}
