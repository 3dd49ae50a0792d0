package org.lectern.scheduler.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.http.Cursor;

/** All audit entries, newest first. */
@ApplicationScoped
class AuditTrail {

    private static final String VIEW = "SELECT " + Entry.COLUMNS + """
            , e.state ->> 'reasonCode' AS reason_code,
            cast(p.state AS text) AS before, s.position, encode(s.hash, 'hex') AS hash
            FROM audit_entry e
            LEFT JOIN audit_entry p ON p.kind = e.kind AND p.subject = e.subject AND p.version = e.version - 1
            LEFT JOIN audit_seal s ON s.entry_id = e.id
            WHERE true""";

    private final Sql sql;

    @Inject
    AuditTrail(Sql sql) {
        this.sql = sql;
    }

    /** The filter of a caller; absent criteria do not filter. */
    record Criteria(
            @Nullable Kind kind,
            @Nullable String subject,
            @Nullable String actor,
            @Nullable String action,
            @Nullable String reasonCode,
            @Nullable Instant from,
            @Nullable Instant to) {}

    List<EntryView> list(Criteria criteria, @Nullable Cursor after, int limit) {
        var query = new StringBuilder(VIEW);
        List<Object> values = new ArrayList<>();
        and(
                query,
                values,
                "e.kind = ?",
                criteria.kind() == null ? null : criteria.kind().name());
        and(query, values, "e.subject = ?", criteria.subject());
        and(query, values, "e.actor = ?", criteria.actor());
        and(query, values, "e.action = ?", criteria.action());
        and(query, values, "e.state ->> 'reasonCode' = ?", criteria.reasonCode());
        and(query, values, "e.at >= ?", criteria.from());
        and(query, values, "e.at < ?", criteria.to());
        if (after != null) {
            query.append(" AND (e.at, e.id) < (?, ?)");
            values.add(Instant.parse(after.key()));
            values.add(after.id());
        }
        query.append(" ORDER BY e.at DESC, e.id DESC LIMIT ?");
        values.add(limit);
        return sql.list(query.toString(), EntryView::of, values.toArray());
    }

    private static void and(StringBuilder query, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            query.append(" AND ").append(condition);
            values.add(value);
        }
    }
}
