package org.lectern.notification.delivery.log;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.notification.directory.RecipientKind;

/**
 * Branches and lecturers that were not notified of a booking. Of each the newest notice counts; it is delivered when
 * any channel delivered it. The inbox alone does not count, because a person must first look there.
 */
@ApplicationScoped
class Unreached {

    private static final String FIND = """
            WITH newest AS (
                SELECT DISTINCT ON (branch_id) id, branch_id, kind, read_at
                FROM notice WHERE booking_id = ? AND repeats IS NULL ORDER BY branch_id, sequence DESC)
            SELECT n.id, n.branch_id, b.kind AS recipient, b.code, b.name, n.kind, s.endpoints, s.waiting, s.parked, s.reasons
            FROM newest n
            JOIN recipient b ON b.id = n.branch_id
            CROSS JOIN LATERAL (
                SELECT count(*) AS endpoints,
                       count(*) FILTER (WHERE d.state IN ('READY', 'LEASED')) AS waiting,
                       count(*) FILTER (WHERE d.state = 'PARKED') AS parked,
                       -- a superseded delivery leaves nothing to report, so the branch counts as notified
                       count(*) FILTER (WHERE d.state IN ('DELIVERED', 'SUPERSEDED')) AS delivered,
                       coalesce(string_agg(DISTINCT d.reason, ',' ORDER BY d.reason), '') AS reasons
                FROM delivery d WHERE d.notice_id = n.id) s
            WHERE s.delivered = 0 AND n.read_at IS NULL
            ORDER BY b.kind, b.code, n.branch_id""";

    private final Sql sql;

    @Inject
    Unreached(Sql sql) {
        this.sql = sql;
    }

    List<UnreachedRecipient> of(UUID booking) {
        return sql.list(FIND, Unreached::recipient, booking);
    }

    private static UnreachedRecipient recipient(Row row) throws SQLException {
        UnreachedRecipient.Why why = row.number("endpoints") == 0
                ? UnreachedRecipient.Why.NO_ENDPOINT
                : row.number("waiting") > 0
                        ? UnreachedRecipient.Why.WAITING
                        : row.number("parked") > 0 ? UnreachedRecipient.Why.PARKED : UnreachedRecipient.Why.FAILED;
        String reasons = row.text("reasons");
        RecipientKind kind = RecipientKind.valueOf(row.text("recipient"));
        return new UnreachedRecipient(
                kind.branch(row.id("branch_id")),
                kind.lecturer(row.id("branch_id")),
                row.text("code"),
                row.text("name"),
                row.id("id"),
                row.text("kind").toLowerCase(Locale.ROOT).replace('_', '-'),
                why,
                reasons.isEmpty() ? List.of() : List.of(reasons.split(",")));
    }
}
