package org.lectern.scheduler.registry.lecturer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.erasure.PersonalRecords;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.AuditAction;
import org.lectern.scheduler.outbox.Outbox;

/**
 * Removes address, e-mail address and telephone number of a lecturer who asks for it. The name stays with the lectures
 * that were given. The audit records that contact data changed, as it does for every change of it.
 */
@ApplicationScoped
class LecturerErasure implements PersonalRecords {

    private static final String REACHED_BY = """
            SELECT id FROM lecturer WHERE lower(email) = ANY (cast(? AS text[])) OR phone = ANY (cast(? AS text[]))
            ORDER BY id""";

    private final Lecturers lecturers;
    private final Sql sql;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    @Inject
    LecturerErasure(Lecturers lecturers, Sql sql, Outbox outbox, Audit audit, Clock clock) {
        this.lecturers = lecturers;
        this.sql = sql;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public int count(List<String> texts) {
        return reachedBy(texts).size();
    }

    @Override
    public int end(List<String> texts, String actor) {
        List<UUID> found = reachedBy(texts);
        found.forEach(id -> Transactions.inNew(() -> {
            Lecturer lecturer = lecturers.locked(id);
            Lecturer.Contact before = lecturer.contact();
            if (lecturer.forgetContact(clock.instant())) {
                lecturers.flush();
                outbox.append(lecturer.event());
                audit.append(List.of(lecturer.changed(AuditAction.CHANGED, before)));
            }
            return id;
        }));
        return found.size();
    }

    private List<UUID> reachedBy(List<String> texts) {
        return sql.list(
                REACHED_BY,
                row -> row.id("id"),
                texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList(),
                texts);
    }
}
