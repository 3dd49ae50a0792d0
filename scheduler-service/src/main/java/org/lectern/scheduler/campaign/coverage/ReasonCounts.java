package org.lectern.scheduler.campaign.coverage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;

/** How often the bookings of a campaign were cancelled or changed, by the code of the reason. */
@ApplicationScoped
class ReasonCounts {

    private final Sql sql;

    @Inject
    ReasonCounts(Sql sql) {
        this.sql = sql;
    }

    /** @param code null for changes without a code */
    record Line(@Nullable String code, int cancelled, int changed) {}

    /** The most frequent first. Only changes that branches were notified of. */
    List<Line> of(UUID campaign, @Nullable UUID under) {
        return sql.list(
                """
                WITH RECURSIVE below AS (
                    SELECT id FROM branch WHERE id = ?
                    UNION SELECT b.id FROM branch b JOIN below ON b.parent_id = below.id)
                SELECT e.state ->> 'reasonCode' AS code,
                       count(*) FILTER (WHERE e.action = 'CANCELLED') AS cancelled,
                       count(*) FILTER (WHERE e.action = 'CHANGED') AS changed
                FROM booking b JOIN audit_entry e ON e.kind = 'BOOKING' AND e.subject = cast(b.id AS text)
                WHERE b.campaign_id = ? AND e.action IN ('CANCELLED', 'CHANGED')
                  AND (cast(? AS uuid) IS NULL OR b.branch_id IN (SELECT id FROM below))
                GROUP BY 1 ORDER BY count(*) DESC, 1""",
                row -> new Line(row.textOrNull("code"), row.number("cancelled"), row.number("changed")),
                under,
                campaign,
                under);
    }
}
