package org.lectern.scheduler.schedule.travel;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds journeys that are too long by current data. A lecture is checked when it is placed. This also finds later
 * causes: moved places, changed travel times, overridden rules, lectures cancelled in between.
 */
@ApplicationScoped
public class TravelConflicts {

    private static final int MOST_AT_ONCE = 10_000;

    /** Reads the bookings once and sorts them; its cost grows as their number does. */
    static final String SHORTFALLS = """
            WITH line AS (
                SELECT b.id, b.lecturer_id, b.venue_id, b.branch_id, b.starts_at, b.ends_at, b.occupied_from,
                       b.occupied_until, b.travel_overridden
                FROM booking b
                WHERE occupies(b.status) AND NOT is_overdue(b.status, b.hold_expires_at)
                  AND b.starts_at > cast(:from AS timestamptz) - interval '4 days'
                  AND b.starts_at < cast(:to AS timestamptz)
                  AND (cast(:lecturer AS uuid) IS NULL OR b.lecturer_id = :lecturer)),
            steps AS (
                SELECT line.*,
                       count(venue_id) OVER (o ROWS UNBOUNDED PRECEDING)
                           - cast(venue_id IS NOT NULL AS integer) AS leg,
                       occupied_from - lag(occupied_until) OVER o AS free
                FROM line WINDOW o AS (PARTITION BY lecturer_id ORDER BY occupied_from)),
            legs AS (
                SELECT steps.*, max(free) OVER (PARTITION BY lecturer_id, leg) AS longest FROM steps),
            -- windows, not joins of the list with itself: their cost does not depend on statistics
            ways AS (
                SELECT legs.*, lag(id) OVER o AS from_id, lag(venue_id) OVER o AS from_venue,
                       lag(branch_id) OVER o AS from_host, lag(ends_at) OVER o AS from_end,
                       lag(travel_overridden) OVER o AS from_overridden
                FROM legs WHERE venue_id IS NOT NULL
                WINDOW o AS (PARTITION BY lecturer_id ORDER BY occupied_from))
            SELECT t.lecturer_id, t.from_id, t.from_end AS ends_at, t.id AS to_id, t.starts_at,
                   n.minutes AS needed,
                   cast(floor(extract(epoch FROM t.longest) / 60) AS integer) AS available,
                   t.from_overridden OR t.travel_overridden AS overridden
            FROM ways t
            CROSS JOIN lecture_place(t.from_venue, t.from_host) fp
            CROSS JOIN lecture_place(t.venue_id, t.branch_id) tp
            CROSS JOIN LATERAL (
                -- computed once each
                SELECT travel_minutes(fp.at_venue, fp.at_branch, fp.latitude, fp.longitude,
                                      tp.at_venue, tp.at_branch, tp.latitude, tp.longitude)
                OFFSET 0) AS n (minutes)
            WHERE t.from_id IS NOT NULL AND t.from_venue <> t.venue_id
              AND t.ends_at > :from AND t.longest < interval '2 days'
              AND (n.minutes > extract(epoch FROM t.longest) / 60 OR :unknown AND n.minutes IS NULL)
            ORDER BY t.starts_at, t.id
            LIMIT :limit""";

    private final EntityManager database;

    @Inject
    TravelConflicts(EntityManager database) {
        this.database = database;
    }

    /** A journey that takes longer than the time between two lectures of a lecturer. */
    public record Tight(UUID toBookingId, Instant fromEnd, int minutesNeeded, int minutesAvailable) {}

    /** The journeys of these lecturers that are too long and not overridden. */
    public List<Tight> tight(Instant from, Instant to, Set<UUID> lecturers) {
        UUID only = lecturers.size() == 1 ? lecturers.iterator().next() : null;
        List<Tight> tight = new ArrayList<>();
        for (TravelConflict each : list(from, to, only, false, MOST_AT_ONCE)) {
            Integer needed = each.minutesNeeded();
            if (needed != null && !each.overridden() && lecturers.contains(each.lecturerId())) {
                tight.add(new Tight(each.toBookingId(), each.fromEnd(), needed, each.minutesAvailable()));
            }
        }
        return tight;
    }

    @SuppressWarnings("unchecked")
    List<TravelConflict> list(Instant from, Instant to, @Nullable UUID lecturer, boolean unknown, int limit) {
        List<Tuple> rows = database.createNativeQuery(SHORTFALLS, Tuple.class)
                .setParameter("from", from)
                .setParameter("to", to)
                .setParameter("lecturer", lecturer)
                .setParameter("unknown", unknown)
                .setParameter("limit", limit)
                .getResultList();
        return rows.stream()
                .map(row -> new TravelConflict(
                        row.get("lecturer_id", UUID.class),
                        row.get("from_id", UUID.class),
                        row.get("ends_at", Instant.class),
                        row.get("to_id", UUID.class),
                        row.get("starts_at", Instant.class),
                        row.get("needed", Integer.class),
                        row.get("available", Integer.class),
                        row.get("overridden", Boolean.class)))
                .toList();
    }
}
