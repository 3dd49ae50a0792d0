package org.lectern.scheduler.registry.lecturer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.security.Caller;

/** The lecturer that a caller is confined to. */
@ApplicationScoped
public class LecturerScope {

    /** The id of no lecturer. */
    private static final UUID NONE = new UUID(0, 0);

    private final Sql sql;

    @Inject
    LecturerScope(Sql sql) {
        this.sql = sql;
    }

    /** The only lecturer that the caller may read; empty for a caller in another role. */
    public Optional<UUID> visibleTo(Caller caller) {
        return caller.isOnlyLecturer() ? Optional.of(own(caller).orElse(NONE)) : Optional.empty();
    }

    /** The lecturer that the caller is. */
    public Optional<UUID> own(Caller caller) {
        return sql.one("SELECT id FROM lecturer WHERE code = ?", row -> row.id("id"), caller.lecturer());
    }
}
