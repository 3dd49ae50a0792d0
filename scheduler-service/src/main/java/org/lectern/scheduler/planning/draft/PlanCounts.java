package org.lectern.scheduler.planning.draft;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.lectern.chassis.database.Sql;

/** How many items plans have, by what they do with them. */
@ApplicationScoped
public class PlanCounts {

    private final Sql sql;

    @Inject
    PlanCounts(Sql sql) {
        this.sql = sql;
    }

    /**
     * The items of one plan.
     *
     * @param changed bookings that a repair changes
     */
    public record Counted(
            UUID planId, int items, int placed, int guests, int excluded, int pinned, int refused, int changed) {

        public static Counted none(UUID plan) {
            return new Counted(plan, 0, 0, 0, 0, 0, 0, 0);
        }
    }

    public List<Counted> of(List<UUID> plans) {
        return sql.list(
                """
                SELECT plan_id, count(*) AS items, count(starts_at) AS placed, count(host) AS guests,
                       count(*) FILTER (WHERE excluded) AS excluded, count(*) FILTER (WHERE pinned) AS pinned,
                       count(refusal) AS refused,
                       count(*) FILTER (WHERE standing IS NOT NULL AND starts_at IS NOT NULL AND (
                           lecturer_id IS DISTINCT FROM cast(standing ->> 'lecturerId' AS uuid)
                           OR venue_id IS DISTINCT FROM cast(standing ->> 'venueId' AS uuid)
                           OR starts_at IS DISTINCT FROM cast(standing ->> 'start' AS timestamptz))) AS changed
                FROM plan_item WHERE plan_id = ANY (cast(? AS uuid[])) GROUP BY plan_id""",
                row -> new Counted(
                        row.id("plan_id"),
                        row.number("items"),
                        row.number("placed"),
                        row.number("guests"),
                        row.number("excluded"),
                        row.number("pinned"),
                        row.number("refused"),
                        row.number("changed")),
                plans);
    }
}
