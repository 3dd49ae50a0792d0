package org.lectern.scheduler.audit;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;

/**
 * One change as stored.
 *
 * @param version of the subject after the change; gapless, so the previous entry holds the state before
 * @param actor the subject of the access token, or {@link Audit#SYSTEM}
 * @param overridden the rules that were actually broken; only with an override reason
 * @param state of the subject after the change, as JSON; no contact data
 */
public record Entry(
        UUID id,
        Kind kind,
        String subject,
        int version,
        String action,
        Instant at,
        String actor,
        @Nullable String reason,
        @Nullable String overrideReason,
        List<String> overridden,
        String state) {

    /** The columns of an {@code audit_entry e} that {@link #of} reads. */
    static final String COLUMNS = """
            e.id, e.kind, e.subject, e.version, e.action, e.at, e.actor, e.reason, e.override_reason, e.overridden,
            cast(e.state AS text) AS state""";

    static Entry of(Sql.Row row) throws SQLException {
        return new Entry(
                row.id("id"),
                Kind.valueOf(row.text("kind")),
                row.text("subject"),
                row.number("version"),
                row.text("action"),
                row.time("at"),
                row.text("actor"),
                row.textOrNull("reason"),
                row.textOrNull("override_reason"),
                row.texts("overridden"),
                row.text("state"));
    }
}
