package org.lectern.scheduler.schedule;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.schedule.AvailabilityRangeView.Absence;
import org.lectern.scheduler.schedule.AvailabilityRangeView.OfLecturer;
import org.lectern.scheduler.schedule.AvailabilityRangeView.OfVenue;
import org.lectern.scheduler.schedule.AvailabilityView.FreeTime;
import org.lectern.scheduler.schedule.Schedules.Dates;
import org.lectern.scheduler.schedule.calendar.CalendarDay;
import org.lectern.scheduler.schedule.calendar.WorkingCalendar;

/** Reads the availability of many lecturers and venues for a range. */
@ApplicationScoped
class AvailabilityRange {

    static final int MOST = 1_000;
    private static final Span ALL_DAY = new Span(0, Span.DAY);

    private final Sql sql;
    private final Schedules schedules;

    @Inject
    AvailabilityRange(Sql sql, Schedules schedules) {
        this.sql = sql;
        this.schedules = schedules;
    }

    /**
     * The availability between two instants.
     *
     * @param lecturers all that are in use when null
     * @param venues all that are in use when null
     * @throws InvalidRequest when there are too many for one answer
     */
    AvailabilityRangeView read(Instant from, Instant to, @Nullable Set<UUID> lecturers, @Nullable Set<UUID> venues) {
        Dates dates = Dates.around(from.getEpochSecond(), to.getEpochSecond());
        return sql.reading(reader -> {
            WorkingCalendar.Days calendar = WorkingCalendar.between(reader, dates.first(), dates.last());
            var range = new Range(from, to, dates, calendar);
            // the days of the range in any zone
            LocalDate first = dates.first().plusDays(1);
            LocalDate last = dates.last().minusDays(1);
            return new AvailabilityRangeView(
                    lecturers(reader, range, lecturers),
                    venues(reader, range, venues),
                    first.datesUntil(last.plusDays(1))
                            .map(calendar::on)
                            .filter(day -> day.kind() == CalendarDay.Kind.PUBLIC_HOLIDAY
                                    || day.kind() == CalendarDay.Kind.MAKE_UP_WORKDAY)
                            .toList(),
                    IntStream.rangeClosed(first.getYear(), last.getYear())
                            .filter(year -> !calendar.announced(year))
                            .boxed()
                            .toList());
        });
    }

    private record Range(Instant from, Instant to, Dates dates, WorkingCalendar.Days calendar) {

        List<FreeTime> open(Hours hours, Span usual) {
            return hours
                    .open(dates.first(), dates.last(), calendar, usual)
                    .within(from.getEpochSecond(), to.getEpochSecond())
                    .list()
                    .stream()
                    .map(each -> new FreeTime(at(each.from(), hours.zone()), at(each.until(), hours.zone())))
                    .toList();
        }
    }

    private static OffsetDateTime at(long moment, ZoneId zone) {
        return Instant.ofEpochSecond(moment).atZone(zone).toOffsetDateTime();
    }

    private List<OfLecturer> lecturers(Sql.Reader reader, Range range, @Nullable Set<UUID> ids) {
        record Away(Instant from, Instant until, @Nullable String reason) {}
        Map<UUID, List<Away>> away = new HashMap<>();
        reader.list(
                """
                SELECT lecturer_id, from_at, until_at, reason FROM lecturer_blackout
                WHERE until_at > ? AND from_at < ? ORDER BY from_at, id""",
                row -> away.computeIfAbsent(row.id("lecturer_id"), id -> new ArrayList<>())
                        .add(new Away(row.time("from_at"), row.time("until_at"), row.textOrNull("reason"))),
                range.from(),
                range.to());
        List<Object> values =
                new ArrayList<>(List.of(range.dates().first(), range.dates().last(), range.from(), range.to()));
        List<OfLecturer> found = reader.list(
                "SELECT l.id, l.code, l.name, l.tier, coalesce(a.version, 1) AS version, " + Schedules.LECTURER
                        + " FROM lecturer l LEFT JOIN lecturer_availability a ON a.lecturer_id = l.id WHERE "
                        + chosen("l", ids, values),
                row -> {
                    LecturerSchedule schedule = schedules.lecturer(row);
                    ZoneId zone = schedule.hours().zone();
                    return new OfLecturer(
                            schedule.lecturerId(),
                            row.text("code"),
                            row.text("name"),
                            row.text("tier"),
                            row.number("version"),
                            zone.getId(),
                            range.open(schedule.hours(), schedules.usual()),
                            away.getOrDefault(schedule.lecturerId(), List.of()).stream()
                                    .map(each -> new Absence(
                                            each.from().atZone(zone).toOffsetDateTime(),
                                            each.until().atZone(zone).toOffsetDateTime(),
                                            each.reason()))
                                    .toList(),
                            schedule.lecturesPerDay(),
                            schedule.lecturesPerWeek(),
                            schedule.noticeHours());
                },
                values.toArray());
        return bounded("?lecturers", found);
    }

    private List<OfVenue> venues(Sql.Reader reader, Range range, @Nullable Set<UUID> ids) {
        List<Object> values =
                new ArrayList<>(List.of(range.dates().first(), range.dates().last()));
        List<OfVenue> found = reader.list(
                "SELECT v.id, v.code, v.name, v.branch_id, v.capacity, coalesce(h.version, 1) AS version, "
                        + Schedules.VENUE
                        + " FROM venue v LEFT JOIN venue_hours h ON h.venue_id = v.id WHERE "
                        + chosen("v", ids, values),
                row -> {
                    Hours hours = schedules.hours(row);
                    return new OfVenue(
                            row.id("id"),
                            row.text("code"),
                            row.text("name"),
                            row.idOrNull("branch_id"),
                            row.numberOrNull("capacity"),
                            row.number("version"),
                            hours.zone().getId(),
                            range.open(hours, ALL_DAY));
                },
                values.toArray());
        return bounded("?venues", found);
    }

    private static String chosen(String table, @Nullable Set<UUID> ids, List<Object> values) {
        String condition = "NOT " + table + ".archived";
        if (ids != null) {
            condition = ids.isEmpty() ? "false" : table + ".id = ANY (?)";
            if (!ids.isEmpty()) {
                values.add(ids);
            }
        }
        return condition + " ORDER BY " + table + ".code LIMIT " + (MOST + 1);
    }

    private static <T> List<T> bounded(String pointer, List<T> found) {
        if (found.size() > MOST) {
            throw new InvalidRequest(pointer, "availability.too-many", MOST);
        }
        return found;
    }
}
