package org.lectern.scheduler.portal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.schedule.LecturerSchedule;
import org.lectern.scheduler.schedule.Schedules;

/** Reads what lecturers see of themselves. */
@ApplicationScoped
class OwnData {

    /** Lectures that the lecturer knows of and has to give or has given. */
    private static final String OWN = "b.lecturer_id = ? AND occupies(b.status) AND is_announced(b.status)";

    private final Sql sql;
    private final Schedules schedules;

    @Inject
    OwnData(Sql sql, Schedules schedules) {
        this.sql = sql;
        this.schedules = schedules;
    }

    OwnProfile profile(UUID lecturer) {
        return sql.one(
                        "SELECT id, code, name, tier, zone, locale FROM lecturer WHERE id = ?",
                        row -> new OwnProfile(
                                row.id("id"),
                                row.text("code"),
                                row.text("name"),
                                row.text("tier"),
                                row.text("zone"),
                                row.text("locale")),
                        lecturer)
                .orElseThrow(NotFound::new);
    }

    /** The load of these days, both included. */
    OwnLoad load(UUID lecturer, LocalDate first, LocalDate last) {
        LecturerSchedule schedule = sql.one(
                        "SELECT l.id, " + Schedules.LECTURER
                                + " FROM lecturer l LEFT JOIN lecturer_availability a ON a.lecturer_id = l.id WHERE l.id = ?",
                        schedules::lecturer,
                        first,
                        last,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        lecturer)
                .orElseThrow(NotFound::new);
        ZoneId zone = schedule.hours().zone();
        Instant from = first.atStartOfDay(zone).toInstant();
        Instant until = last.plusDays(1).atStartOfDay(zone).toInstant();
        List<OwnLoad.Day> days = sql.list(
                """
                SELECT cast(b.starts_at AT TIME ZONE ? AS date) AS day, count(*) AS lectures
                FROM booking b WHERE %s AND b.starts_at >= ? AND b.starts_at < ?
                GROUP BY 1 ORDER BY 1""".formatted(OWN),
                row -> new OwnLoad.Day(row.date("day"), row.number("lectures")),
                zone.getId(),
                lecturer,
                from,
                until);
        var weeks = new TreeMap<LocalDate, Integer>();
        days.forEach(day -> weeks.merge(
                day.date().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), day.lectures(), Integer::sum));
        return new OwnLoad(
                zone.getId(),
                schedule.lecturesPerDay(),
                schedule.lecturesPerWeek(),
                days,
                weeks.entrySet().stream()
                        .map(each -> new OwnLoad.Week(each.getKey(), each.getValue()))
                        .toList(),
                journeys(lecturer, from, until));
    }

    private List<OwnLoad.Journey> journeys(UUID lecturer, Instant from, Instant until) {
        return sql.list(
                """
                WITH line AS (
                    SELECT b.id, b.venue_id, b.branch_id, b.starts_at, b.occupied_from, lag(b.id) OVER o AS from_id,
                           lag(b.venue_id) OVER o AS from_venue, lag(b.branch_id) OVER o AS from_host,
                           lag(b.occupied_until) OVER o AS left_at
                    FROM booking b
                    WHERE %s AND b.venue_id IS NOT NULL
                      AND b.starts_at >= cast(? AS timestamptz) - interval '2 days' AND b.starts_at < ?
                    WINDOW o AS (ORDER BY b.occupied_from, b.id))
                SELECT line.id, line.from_id,
                       cast(floor(extract(epoch FROM line.occupied_from - line.left_at) / 60) AS integer) AS available,
                       travel_minutes(f.at_venue, f.at_branch, f.latitude, f.longitude,
                                      t.at_venue, t.at_branch, t.latitude, t.longitude) AS minutes
                FROM line
                CROSS JOIN lecture_place(line.from_venue, line.from_host) f
                CROSS JOIN lecture_place(line.venue_id, line.branch_id) t
                WHERE line.starts_at >= ? AND line.occupied_from - line.left_at < interval '1 day'
                ORDER BY line.occupied_from""".formatted(OWN),
                row -> new OwnLoad.Journey(
                        row.id("from_id"), row.id("id"), row.numberOrNull("minutes"), row.number("available")),
                lecturer,
                from,
                until,
                from);
    }
}
