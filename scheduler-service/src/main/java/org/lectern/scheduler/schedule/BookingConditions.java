package org.lectern.scheduler.schedule;

import static org.lectern.scheduler.schedule.BrokenRule.of;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.schedule.Rule.Aspect;
import org.lectern.scheduler.schedule.Schedules.Dates;
import org.lectern.scheduler.schedule.calendar.CalendarDay;
import org.lectern.scheduler.schedule.calendar.WorkingCalendar;

/**
 * Evaluates which soft rules a booking would break. Under the row lock of the lecturer and in the booking transaction,
 * the answer holds until the commit: concurrent bookings cannot exceed a limit.
 */
@ApplicationScoped
public class BookingConditions {

    private final Sql sql;
    private final Schedules schedules;
    private final Clock clock;

    @Inject
    BookingConditions(Sql sql, Schedules schedules, Clock clock) {
        this.sql = sql;
        this.schedules = schedules;
        this.clock = clock;
    }

    /** The broken rules, in order; empty if there are none. */
    public List<BrokenRule> broken(Proposal proposal) {
        return sql.reading(reader -> broken(reader, proposal));
    }

    private List<BrokenRule> broken(Sql.Reader reader, Proposal proposal) {
        Dates dates = dates(proposal);
        WorkingCalendar.Days calendar = WorkingCalendar.between(reader, dates.first(), dates.last());
        Lecturer lecturer = Rule.OUTSIDE_AVAILABILITY.dependsOn(proposal.decided())
                ? lecturer(reader, proposal, dates).orElse(null)
                : null;
        UUID venueId = proposal.venueId();
        Venue venue = venueId == null ? null : venue(reader, venueId, dates).orElse(null);
        return broken(proposal, calendar, lecturer, venue);
    }

    /**
     * The rules that lectures break as they stand, by booking; all of them must be {@link Proposal#standing}. It reads
     * once for all of them and asks the same rules as {@link #broken(Proposal)}.
     */
    public Map<UUID, List<BrokenRule>> brokenNow(Collection<Proposal> lectures) {
        if (lectures.isEmpty()) {
            return Map.of();
        }
        return sql.reading(reader -> {
            Instant from = lectures.stream()
                    .map(Proposal::start)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            Instant until = lectures.stream()
                    .map(Proposal::end)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            Dates dates = Dates.around(from.getEpochSecond(), until.getEpochSecond());
            WorkingCalendar.Days calendar = WorkingCalendar.between(reader, dates.first(), dates.last());
            Map<UUID, LecturerSchedule> schedules = schedules(reader, lectures, dates, from, until);
            Map<UUID, List<Start>> starts = starts(reader, schedules.keySet(), from, until);
            Map<UUID, Venue> venues = venues(reader, lectures, dates);
            Map<UUID, List<BrokenRule>> broken = new HashMap<>();
            for (Proposal lecture : lectures) {
                LecturerSchedule schedule = schedules.get(lecture.lecturerId());
                List<LocalDate> others = starts.getOrDefault(lecture.lecturerId(), List.of()).stream()
                        .filter(start -> !start.booking().equals(lecture.itself()))
                        .map(Start::date)
                        .toList();
                broken.put(
                        Objects.requireNonNull(lecture.itself()),
                        broken(
                                lecture,
                                calendar,
                                schedule == null ? null : new Lecturer(schedule, others),
                                lecture.venueId() == null ? null : venues.get(lecture.venueId())));
            }
            return broken;
        });
    }

    private static Dates dates(Proposal proposal) {
        return Dates.around(proposal.start().getEpochSecond(), proposal.end().getEpochSecond());
    }

    private List<BrokenRule> broken(
            Proposal proposal, WorkingCalendar.Days calendar, @Nullable Lecturer lecturer, @Nullable Venue venue) {
        long start = proposal.start().getEpochSecond();
        long end = proposal.end().getEpochSecond();
        Dates dates = dates(proposal);
        Set<Aspect> decided = proposal.decided();
        List<BrokenRule> broken = new ArrayList<>();
        if (lecturer != null && Rule.OUTSIDE_AVAILABILITY.dependsOn(decided)) {
            LecturerSchedule schedule = lecturer.schedule();
            outsideAvailability(schedule, dates, calendar, start, end, decided, broken);
            blackout(schedule, start, end, decided, broken);
            limits(lecturer, start, decided, broken);
            if (!proposal.standing()) {
                notice(schedule, start, decided, broken);
            }
        }
        if (venue != null) {
            if (Rule.VENUE_CLOSED.dependsOn(decided)) {
                venueClosed(venue, dates, calendar, start, end, decided, broken);
            }
            if (Rule.OVER_CAPACITY.dependsOn(decided)) {
                overCapacity(venue, proposal.expectedHeadCount(), decided, broken);
            }
        }
        if (Rule.PUBLIC_HOLIDAY.dependsOn(decided)) {
            publicHoliday(proposal, calendar, decided, broken);
        }
        return broken;
    }

    /** The start of a lecture, as a date in its lecturer's zone. */
    private record Start(UUID booking, LocalDate date) {}

    private Map<UUID, LecturerSchedule> schedules(
            Sql.Reader reader, Collection<Proposal> lectures, Dates dates, Instant from, Instant until) {
        Map<UUID, LecturerSchedule> found = new HashMap<>();
        reader.list(
                "SELECT l.id, " + Schedules.LECTURER
                        + " FROM lecturer l LEFT JOIN lecturer_availability a ON a.lecturer_id = l.id WHERE l.id = ANY (?)",
                row -> found.put(row.id("id"), schedules.lecturer(row)),
                dates.first(),
                dates.last(),
                from,
                until,
                lectures.stream().map(Proposal::lecturerId).collect(Collectors.toSet()));
        return found;
    }

    private Map<UUID, List<Start>> starts(Sql.Reader reader, Set<UUID> lecturers, Instant from, Instant until) {
        Map<UUID, List<Start>> starts = new HashMap<>();
        reader.list(
                """
                SELECT b.id, b.lecturer_id,
                       cast(b.starts_at AT TIME ZONE coalesce(a.zone, ?) AS date) AS on_date
                FROM booking b LEFT JOIN lecturer_availability a ON a.lecturer_id = b.lecturer_id
                WHERE b.lecturer_id = ANY (cast(? AS uuid[])) AND %s
                  AND b.starts_at > cast(? AS timestamptz) - interval '9 days'
                  AND b.starts_at < cast(? AS timestamptz) + interval '9 days'""".formatted(Occupancy.ACTIVE),
                row -> starts.computeIfAbsent(row.id("lecturer_id"), id -> new ArrayList<>())
                        .add(new Start(row.id("id"), row.date("on_date"))),
                schedules.defaultZone().getId(),
                lecturers,
                from,
                until);
        return starts;
    }

    private Map<UUID, Venue> venues(Sql.Reader reader, Collection<Proposal> lectures, Dates dates) {
        Set<UUID> ids = lectures.stream()
                .map(Proposal::venueId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Map<UUID, Venue> venues = new HashMap<>();
        reader.list(
                "SELECT v.id, v.capacity, " + Schedules.VENUE
                        + " FROM venue v LEFT JOIN venue_hours h ON h.venue_id = v.id"
                        + " WHERE v.id = ANY (cast(? AS uuid[]))",
                row -> venues.put(row.id("id"), new Venue(schedules.hours(row), row.numberOrNull("capacity"))),
                dates.first(),
                dates.last(),
                ids);
        return venues;
    }

    private void outsideAvailability(
            LecturerSchedule schedule,
            Dates dates,
            WorkingCalendar.Days calendar,
            long start,
            long end,
            Set<Aspect> decided,
            List<BrokenRule> broken) {
        Hours hours = schedule.hours();
        if (hours.open(dates.first(), dates.last(), calendar, schedules.usual()).cover(start, end)) {
            return;
        }
        LocalDate date = schedule.date(start);
        List<Span> windows = hours.on(calendar.on(date), schedules.usual());
        broken.add(of(
                Rule.OUTSIDE_AVAILABILITY,
                decided,
                date,
                windows.size(),
                text(windows),
                hours.zone().getId()));
    }

    private static void blackout(
            LecturerSchedule schedule, long start, long end, Set<Aspect> decided, List<BrokenRule> broken) {
        for (Intervals.Interval each : schedule.blackouts().list()) {
            if (each.from() < end && start < each.until()) {
                broken.add(of(Rule.BLACKOUT, decided, moment(schedule, each.from()), moment(schedule, each.until())));
                return;
            }
        }
    }

    private static void limits(Lecturer lecturer, long start, Set<Aspect> decided, List<BrokenRule> broken) {
        LecturerSchedule schedule = lecturer.schedule();
        LocalDate date = schedule.date(start);
        Integer perDay = schedule.lecturesPerDay();
        long thatDay = lecturer.dates().stream().filter(date::equals).count();
        if (perDay != null && thatDay >= perDay) {
            broken.add(of(Rule.DAILY_LIMIT, decided, thatDay, date, perDay));
        }
        Integer perWeek = schedule.lecturesPerWeek();
        LocalDate monday = monday(date);
        long thatWeek = lecturer.dates().stream()
                .filter(each -> monday(each).equals(monday))
                .count();
        if (perWeek != null && thatWeek >= perWeek) {
            broken.add(of(Rule.WEEKLY_LIMIT, decided, thatWeek, monday, perWeek));
        }
    }

    /** The Monday of the ISO week of a date; weekly limits count lectures by their start. */
    public static LocalDate monday(LocalDate date) {
        return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private void notice(LecturerSchedule schedule, long start, Set<Aspect> decided, List<BrokenRule> broken) {
        if (!schedule.noticed(start, clock.instant().getEpochSecond())) {
            broken.add(of(Rule.NOTICE_PERIOD, decided, schedule.noticeHours()));
        }
    }

    private static void venueClosed(
            Venue venue,
            Dates dates,
            WorkingCalendar.Days calendar,
            long start,
            long end,
            Set<Aspect> decided,
            List<BrokenRule> broken) {
        Hours hours = venue.hours();
        Span always = new Span(0, Span.DAY);
        if (hours.open(dates.first(), dates.last(), calendar, always).cover(start, end)) {
            return;
        }
        LocalDate date = Instant.ofEpochSecond(start).atZone(hours.zone()).toLocalDate();
        List<Span> windows = hours.on(calendar.on(date), always);
        broken.add(of(
                Rule.VENUE_CLOSED,
                decided,
                date,
                windows.size(),
                text(windows),
                hours.zone().getId()));
    }

    private static void overCapacity(
            Venue venue, @Nullable Integer heads, Set<Aspect> decided, List<BrokenRule> broken) {
        Integer capacity = venue.capacity();
        if (heads != null && capacity != null && heads > capacity) {
            broken.add(of(Rule.OVER_CAPACITY, decided, heads, capacity));
        }
    }

    private static void publicHoliday(
            Proposal proposal, WorkingCalendar.Days calendar, Set<Aspect> decided, List<BrokenRule> broken) {
        CalendarDay day = calendar.on(proposal.start().atZone(proposal.zone()).toLocalDate());
        if (day.publicHoliday()) {
            broken.add(of(Rule.PUBLIC_HOLIDAY, decided, day.date(), String.valueOf(day.name())));
        }
    }

    /** A lecturer, and the local dates of the other lectures around the proposed one. */
    private record Lecturer(LecturerSchedule schedule, List<LocalDate> dates) {}

    private Optional<Lecturer> lecturer(Sql.Reader reader, Proposal proposal, Dates dates) {
        return reader
                .list(
                        "SELECT l.id, " + Schedules.LECTURER + """
                        , ARRAY(SELECT cast(cast(extract(epoch FROM b.starts_at) AS bigint) AS text) FROM booking b
                              WHERE b.lecturer_id = l.id AND %s AND b.id IS DISTINCT FROM cast(? AS uuid)
                                AND b.starts_at > cast(? AS timestamptz) - interval '9 days'
                                AND b.starts_at < cast(? AS timestamptz) + interval '9 days') AS starts
                        FROM lecturer l LEFT JOIN lecturer_availability a ON a.lecturer_id = l.id
                        WHERE l.id = ?""".formatted(Occupancy.ACTIVE),
                        row -> {
                            LecturerSchedule schedule = schedules.lecturer(row);
                            return new Lecturer(
                                    schedule,
                                    row.texts("starts").stream()
                                            .map(start -> schedule.date(Long.parseLong(start)))
                                            .toList());
                        },
                        dates.first(),
                        dates.last(),
                        proposal.start(),
                        proposal.end(),
                        proposal.itself(),
                        proposal.start(),
                        proposal.start(),
                        proposal.lecturerId())
                .stream()
                .findFirst();
    }

    private record Venue(Hours hours, @Nullable Integer capacity) {}

    private Optional<Venue> venue(Sql.Reader reader, UUID id, Dates dates) {
        return reader
                .list(
                        "SELECT v.capacity, " + Schedules.VENUE
                                + " FROM venue v LEFT JOIN venue_hours h ON h.venue_id = v.id WHERE v.id = ?",
                        row -> new Venue(schedules.hours(row), row.numberOrNull("capacity")),
                        dates.first(),
                        dates.last(),
                        id)
                .stream()
                .findFirst();
    }

    private static String text(List<Span> windows) {
        return windows.stream().map(Span::text).collect(Collectors.joining(", "));
    }

    private static OffsetDateTime moment(LecturerSchedule schedule, long moment) {
        return Instant.ofEpochSecond(moment).atZone(schedule.hours().zone()).toOffsetDateTime();
    }
}
