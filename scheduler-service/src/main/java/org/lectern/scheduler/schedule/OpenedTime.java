package org.lectern.scheduler.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.schedule.Intervals.Interval;
import org.lectern.scheduler.schedule.Schedules.Dates;
import org.lectern.scheduler.schedule.calendar.WorkingCalendar;

/**
 * The time that a change of availability or opening hours makes available: what is open after it and was not before.
 * The states come from the audit, which has every version.
 */
@ApplicationScoped
public class OpenedTime {

    private static final Duration AROUND = Duration.ofDays(8);
    private static final Span ALL_DAY = new Span(0, Span.DAY);

    private final Sql sql;
    private final Schedules schedules;
    private final WorkingCalendar calendar;
    private final ObjectMapper json;

    @Inject
    OpenedTime(Sql sql, Schedules schedules, WorkingCalendar calendar, ObjectMapper json) {
        this.sql = sql;
        this.schedules = schedules;
        this.calendar = calendar;
        this.json = json;
    }

    /** A period, half-open. */
    public record Period(Instant from, Instant until) {}

    /**
     * What a new availability opens between two instants: by windows and blackouts, by a higher limit on days and in
     * weeks that had reached the old one, and by a shorter notice period.
     *
     * @param before the state before; null means available at any time
     */
    public List<Period> ofLecturer(@Nullable String before, String after, Instant from, Instant until) {
        AvailabilityView now = read(after, AvailabilityView.class);
        AvailabilityView old = before == null ? null : read(before, AvailabilityView.class);
        ZoneId zone = ZoneId.of(now.zone());
        List<Interval> opened = new ArrayList<>();
        if (old != null) {
            opened.addAll(open(now, from, until).minus(open(old, from, until)).list());
            opened.addAll(byLimits(now.lecturerId(), old.limits(), now.limits(), zone, from, until));
            int notice = hours(old.limits());
            if (hours(now.limits()) < notice) {
                opened.add(new Interval(
                        from.getEpochSecond(),
                        from.plus(Duration.ofHours(notice)).getEpochSecond()));
            }
        }
        return periods(Intervals.of(opened).within(from.getEpochSecond(), until.getEpochSecond()));
    }

    /** What new opening hours open between two instants. */
    public List<Period> ofVenue(@Nullable String before, String after, Instant from, Instant until) {
        return before == null
                ? List.of()
                : periods(open(read(after, OpeningHoursView.class), from, until)
                        .minus(open(read(before, OpeningHoursView.class), from, until)));
    }

    /**
     * The day or week in which a lecturer can lecture again, because a lecture in it fell away and a limit had been
     * reached.
     */
    public Optional<Period> byLimit(UUID lecturer, Instant start) {
        return sql.one(
                        "SELECT l.id, " + Schedules.LECTURER
                                + " FROM lecturer l LEFT JOIN lecturer_availability a ON a.lecturer_id = l.id WHERE l.id = ?",
                        schedules::lecturer,
                        LocalDate.EPOCH,
                        LocalDate.EPOCH,
                        start,
                        start,
                        lecturer)
                .flatMap(schedule -> {
                    ZoneId zone = schedule.hours().zone();
                    LocalDate date = start.atZone(zone).toLocalDate();
                    LocalDate monday = BookingConditions.monday(date);
                    Map<LocalDate, Integer> days =
                            lectures(lecturer, zone, moment(monday, zone), moment(monday.plusDays(7), zone));
                    int week =
                            days.values().stream().mapToInt(Integer::intValue).sum();
                    if (equal(schedule.lecturesPerWeek(), week + 1)) {
                        return Optional.of(new Period(moment(monday, zone), moment(monday.plusDays(7), zone)));
                    }
                    return equal(schedule.lecturesPerDay(), days.getOrDefault(date, 0) + 1)
                            ? Optional.of(new Period(moment(date, zone), moment(date.plusDays(1), zone)))
                            : Optional.empty();
                });
    }

    private static boolean equal(@Nullable Integer limit, int count) {
        return limit != null && limit == count;
    }

    private List<Interval> byLimits(
            UUID lecturer, LimitsRequest old, LimitsRequest now, ZoneId zone, Instant from, Instant until) {
        boolean moreADay = isLooser(old.lecturesPerDay(), now.lecturesPerDay());
        boolean moreAWeek = isLooser(old.lecturesPerWeek(), now.lecturesPerWeek());
        List<Interval> opened = new ArrayList<>();
        if (!moreADay && !moreAWeek) {
            return opened;
        }
        Map<LocalDate, Integer> weeks = new TreeMap<>();
        // limits count whole days and weeks
        lectures(lecturer, zone, from.minus(AROUND), until.plus(AROUND)).forEach((date, count) -> {
            weeks.merge(BookingConditions.monday(date), count, Integer::sum);
            if (moreADay && old.lecturesPerDay() != null && count >= old.lecturesPerDay()) {
                opened.add(days(date, 1, zone));
            }
        });
        weeks.forEach((monday, count) -> {
            if (moreAWeek && old.lecturesPerWeek() != null && count >= old.lecturesPerWeek()) {
                opened.add(days(monday, 7, zone));
            }
        });
        return opened;
    }

    private Map<LocalDate, Integer> lectures(UUID lecturer, ZoneId zone, Instant from, Instant until) {
        Map<LocalDate, Integer> count = new TreeMap<>();
        sql.list(
                """
                SELECT cast(b.starts_at AT TIME ZONE ? AS date) AS on_date, count(*) AS lectures FROM booking b
                WHERE b.lecturer_id = ? AND %s AND b.starts_at >= ? AND b.starts_at < ? GROUP BY 1""".formatted(Occupancy.ACTIVE),
                row -> count.merge(row.date("on_date"), row.number("lectures"), Integer::sum),
                zone.getId(),
                lecturer,
                from,
                until);
        return count;
    }

    private static boolean isLooser(@Nullable Integer old, @Nullable Integer now) {
        return old != null && (now == null || now > old);
    }

    private static int hours(LimitsRequest limits) {
        return limits.noticeHours() == null ? 0 : limits.noticeHours();
    }

    private static Interval days(LocalDate first, int days, ZoneId zone) {
        return new Interval(
                moment(first, zone).getEpochSecond(),
                moment(first.plusDays(days), zone).getEpochSecond());
    }

    private static Instant moment(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }

    private Intervals open(AvailabilityView view, Instant from, Instant until) {
        ZoneId zone = ZoneId.of(view.zone());
        var windows = new Windows();
        List<Interval> away = new ArrayList<>();
        view.blackouts().stream()
                .map(each -> Availability.blackout(each, zone, "", windows))
                .forEach(each -> {
                    if (each != null) {
                        away.add(new Interval(
                                each.from().getEpochSecond(), each.until().getEpochSecond()));
                    }
                });
        return open(zone, view.weekly(), view.exceptions(), schedules.usual(), from, until)
                .minus(Intervals.of(away));
    }

    private Intervals open(OpeningHoursView view, Instant from, Instant until) {
        return open(ZoneId.of(view.zone()), view.weekly(), view.exceptions(), ALL_DAY, from, until);
    }

    private Intervals open(
            ZoneId zone,
            List<WeeklyWindowRequest> weekly,
            List<DateWindows> exceptions,
            Span usual,
            Instant from,
            Instant until) {
        var windows = new Windows();
        Map<LocalDate, List<Span>> dates = new HashMap<>();
        exceptions.forEach(each -> dates.put(each.date(), windows.of(each, "")));
        Dates range = Dates.around(from.getEpochSecond(), until.getEpochSecond());
        return new Hours(zone, windows.weekly(weekly), dates)
                .open(range.first(), range.last(), calendar.between(range.first(), range.last()), usual)
                .within(from.getEpochSecond(), until.getEpochSecond());
    }

    private static List<Period> periods(Intervals intervals) {
        return intervals.list().stream()
                .map(each -> new Period(Instant.ofEpochSecond(each.from()), Instant.ofEpochSecond(each.until())))
                .toList();
    }

    private <T> T read(String state, Class<T> type) {
        try {
            return json.readValue(state, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored version cannot be read", e);
        }
    }
}
