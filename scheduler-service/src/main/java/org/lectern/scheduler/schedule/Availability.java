package org.lectern.scheduler.schedule;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.AuditAction;
import org.lectern.scheduler.audit.Kind;
import org.lectern.scheduler.consequence.Consequences;
import org.lectern.scheduler.consequence.Consequences.Changed;
import org.lectern.scheduler.consequence.Consequences.Scope;
import org.lectern.scheduler.schedule.AvailabilityView.FreeTime;
import org.lectern.scheduler.schedule.Intervals.Interval;
import org.lectern.scheduler.schedule.Schedules.Dates;
import org.lectern.scheduler.schedule.calendar.WorkingCalendar;

/** Stores the availability of lecturers and venues. Changes and bookings of one lecturer exclude each other. */
@ApplicationScoped
public class Availability {

    private final Sql sql;
    private final Schedules schedules;
    private final AvailabilityConfig config;
    private final Audit audit;
    private final Consequences consequences;
    private final Clock clock;

    @Inject
    Availability(
            Sql sql,
            Schedules schedules,
            AvailabilityConfig config,
            Audit audit,
            Consequences consequences,
            Clock clock) {
        this.sql = sql;
        this.schedules = schedules;
        this.config = config;
        this.audit = audit;
        this.consequences = consequences;
        this.clock = clock;
    }

    public AvailabilityView of(UUID lecturer) {
        return sql.one(
                        """
                        SELECT coalesce(a.version, 1) AS version, a.zone, cast(a.weekly AS text) AS weekly,
                               a.lectures_per_day, a.lectures_per_week, a.notice_hours, ARRAY[]::text[] AS exceptions
                        FROM lecturer l LEFT JOIN lecturer_availability a ON a.lecturer_id = l.id WHERE l.id = ?""",
                        row -> {
                            Hours hours = schedules.hours(row);
                            return new AvailabilityView(
                                    lecturer,
                                    row.number("version"),
                                    hours.zone().getId(),
                                    Windows.weekly(hours),
                                    exceptions("lecturer_exception", "lecturer_id", lecturer),
                                    blackouts(lecturer, hours.zone()),
                                    new LimitsRequest(
                                            row.numberOrNull("lectures_per_day"),
                                            row.numberOrNull("lectures_per_week"),
                                            row.numberOrNull("notice_hours")),
                                    null,
                                    null);
                        },
                        lecturer)
                .orElseThrow(NotFound::new);
    }

    private List<DateWindows> exceptions(String table, String key, UUID id) {
        return sql.list(
                "SELECT on_date, cast(windows AS text) AS windows, note FROM " + table + " WHERE " + key
                        + " = ? ORDER BY on_date",
                row -> new DateWindows(
                        row.date("on_date"),
                        Span.ofMultirange(row.text("windows")).stream()
                                .map(WindowRequest::of)
                                .toList(),
                        row.textOrNull("note")),
                id);
    }

    private List<BlackoutRequest> blackouts(UUID lecturer, ZoneId zone) {
        return sql.list(
                """
                SELECT from_at, until_at, first_day, last_day, reason FROM lecturer_blackout
                WHERE lecturer_id = ? ORDER BY from_at, id""",
                row -> {
                    LocalDate first = row.dateOrNull("first_day");
                    boolean days = first != null;
                    return new BlackoutRequest(
                            days ? null : row.time("from_at").atZone(zone).toOffsetDateTime(),
                            days ? null : row.time("until_at").atZone(zone).toOffsetDateTime(),
                            first,
                            row.dateOrNull("last_day"),
                            row.textOrNull("reason"));
                },
                lecturer);
    }

    /** The availability, and the free time of a period. */
    AvailabilityView withFreeTime(UUID lecturer, OffsetDateTime from, OffsetDateTime to) {
        AvailabilityView view = of(lecturer);
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(config.maxSearchRange()) > 0) {
            throw new InvalidRequest(
                    "?to", "search.range", config.maxSearchRange().toDays());
        }
        Instant start = from.toInstant();
        Instant end = to.toInstant();
        Dates dates = Dates.around(start.getEpochSecond(), end.getEpochSecond());
        return sql.reading(reader -> {
            LecturerSchedule schedule = reader.list(
                            "SELECT l.id, " + Schedules.LECTURER
                                    + " FROM lecturer l LEFT JOIN lecturer_availability a ON a.lecturer_id = l.id WHERE l.id = ?",
                            schedules::lecturer,
                            dates.first(),
                            dates.last(),
                            start,
                            end,
                            lecturer)
                    .getFirst();
            WorkingCalendar.Days calendar = WorkingCalendar.between(reader, dates.first(), dates.last());
            Intervals busy = Intervals.of(reader.list(
                    """
                    SELECT b.occupied_from, b.occupied_until FROM booking b
                    WHERE b.lecturer_id = ? AND %s AND b.occupied_until > ? AND b.occupied_from < ?""".formatted(Occupancy.ACTIVE),
                    row -> new Interval(
                            row.time("occupied_from").getEpochSecond(),
                            row.time("occupied_until").getEpochSecond()),
                    lecturer,
                    start,
                    end));
            List<FreeTime> free = schedule
                    .hours()
                    .open(dates.first(), dates.last(), calendar, schedules.usual())
                    .within(start.getEpochSecond(), end.getEpochSecond())
                    .minus(schedule.blackouts())
                    .minus(busy)
                    .list()
                    .stream()
                    .map(each -> new FreeTime(
                            at(each.from(), schedule.hours().zone()),
                            at(each.until(), schedule.hours().zone())))
                    .toList();
            return view.with(free);
        });
    }

    private static OffsetDateTime at(long moment, ZoneId zone) {
        return Instant.ofEpochSecond(moment).atZone(zone).toOffsetDateTime();
    }

    AvailabilityView replace(UUID lecturer, int expected, AvailabilityRequest request, boolean rehearsal) {
        Checked checked = checked(request);
        return Transactions.inNew(rehearsal, () -> {
            lock("lecturer", lecturer);
            int version = of(lecturer).version();
            Etag.check(expected, version);
            return put(lecturer, version + 1, checked);
        });
    }

    /** Refuses a change that no lecturer can make. */
    public void check(UUID lecturer, AvailabilityChange change) {
        AvailabilityView now = of(lecturer);
        ZoneId zone = ZoneId.of(now.zone());
        Windows windows = new Windows();
        change.check(now, zone, clock.instant(), windows);
        windows.weekly(change.weekly());
        if (change.date() != null) {
            windows.of(change.date(), "/date");
        }
        if (change.blackout() != null) {
            blackout(change.blackout(), zone, "/blackout", windows);
        }
        InvalidRequest.unlessEmpty(windows.violations());
    }

    /**
     * Makes a checked change of the present availability, in the caller's transaction.
     *
     * @param expected the version that the caller has seen; null for whatever there is
     */
    public AvailabilityView change(UUID lecturer, @Nullable Integer expected, AvailabilityChange change) {
        lock("lecturer", lecturer);
        AvailabilityView now = of(lecturer);
        if (expected != null) {
            Etag.check(expected, now.version());
        }
        return put(lecturer, now.version() + 1, checked(change.appliedTo(now)));
    }

    /** An availability without violations, and its times. */
    private record Checked(
            ZoneId zone,
            List<Span> weekly,
            LimitsRequest limits,
            List<DateWindows> exceptions,
            List<String> onDates,
            List<Blackout> times) {}

    private Checked checked(AvailabilityRequest request) {
        Windows windows = new Windows();
        ZoneId zone = windows.zone(request.zone(), config.defaultZone());
        List<Span> weekly = windows.weekly(request.weekly());
        List<DateWindows> exceptions = request.exceptions() == null ? List.of() : request.exceptions();
        windows.dates(exceptions);
        List<String> onDates = onDates(exceptions, windows);
        List<BlackoutRequest> blackouts = request.blackouts() == null ? List.of() : request.blackouts();
        List<Blackout> times = new ArrayList<>();
        for (int i = 0; i < blackouts.size(); i++) {
            Blackout blackout = blackout(blackouts.get(i), zone, "/blackouts/" + i, windows);
            if (blackout != null) {
                times.add(blackout);
            }
        }
        InvalidRequest.unlessEmpty(windows.violations());
        LimitsRequest limits = request.limits() == null ? LimitsRequest.NONE : request.limits();
        return new Checked(zone, weekly, limits, exceptions, onDates, times);
    }

    private AvailabilityView put(UUID lecturer, int version, Checked checked) {
        Changed<AvailabilityView> changed =
                consequences.of(Scope.ofLecturer(lecturer), () -> write(lecturer, version, checked));
        return changed.value().with(changed.consequences());
    }

    private AvailabilityView write(UUID lecturer, int version, Checked checked) {
        sql.update(
                """
                INSERT INTO lecturer_availability (lecturer_id, version, zone, weekly, lectures_per_day,
                                                   lectures_per_week, notice_hours, updated_at)
                VALUES (?, ?, ?, cast(? AS int4multirange), ?, ?, ?, ?)
                ON CONFLICT (lecturer_id) DO UPDATE SET version = excluded.version, zone = excluded.zone,
                    weekly = excluded.weekly, lectures_per_day = excluded.lectures_per_day,
                    lectures_per_week = excluded.lectures_per_week, notice_hours = excluded.notice_hours,
                    updated_at = greatest(lecturer_availability.updated_at, excluded.updated_at)""",
                lecturer,
                version,
                checked.zone().getId(),
                Span.toMultirange(checked.weekly()),
                checked.limits().lecturesPerDay(),
                checked.limits().lecturesPerWeek(),
                checked.limits().noticeHours(),
                clock.instant());
        write("lecturer_exception", "lecturer_id", lecturer, checked.exceptions(), checked.onDates());
        sql.update("DELETE FROM lecturer_blackout WHERE lecturer_id = ?", lecturer);
        for (Blackout each : checked.times()) {
            sql.update(
                    """
                    INSERT INTO lecturer_blackout (id, lecturer_id, from_at, until_at, first_day, last_day, reason)
                    VALUES (?, ?, ?, ?, ?, ?, ?)""",
                    Uuid7.next(),
                    lecturer,
                    each.from(),
                    each.until(),
                    each.said().firstDay(),
                    each.said().lastDay(),
                    each.said().reason());
        }
        AvailabilityView written = of(lecturer);
        audit.append(Kind.AVAILABILITY, lecturer, version, AuditAction.CHANGED, written.withoutReasons());
        return written;
    }

    /** A blackout and its instants in the lecturer's zone. */
    record Blackout(Instant from, Instant until, BlackoutRequest said) {}

    static @Nullable Blackout blackout(BlackoutRequest said, ZoneId zone, String pointer, Windows windows) {
        OffsetDateTime from = said.from();
        OffsetDateTime until = said.until();
        LocalDate first = said.firstDay();
        LocalDate last = said.lastDay();
        if (from != null && until != null && first == null && last == null) {
            if (from.isBefore(until)) {
                return new Blackout(from.toInstant(), until.toInstant(), said);
            }
            windows.violations().add(new Violation(pointer + "/until", "window.until-after-from"));
        } else if (first != null && last != null && from == null && until == null) {
            boolean within = windows.within(first, pointer + "/firstDay") & windows.within(last, pointer + "/lastDay");
            if (within && last.isBefore(first)) {
                windows.violations().add(new Violation(pointer + "/lastDay", "blackout.last-before-first"));
            } else if (within) {
                return new Blackout(
                        first.atStartOfDay(zone).toInstant(),
                        last.plusDays(1).atStartOfDay(zone).toInstant(),
                        said);
            }
        } else {
            windows.violations().add(new Violation(pointer, "blackout.either"));
        }
        return null;
    }

    OpeningHoursView hoursOf(UUID venue) {
        return sql.one(
                        """
                        SELECT coalesce(h.version, 1) AS version, h.zone, cast(h.weekly AS text) AS weekly,
                               ARRAY[]::text[] AS exceptions
                        FROM venue v LEFT JOIN venue_hours h ON h.venue_id = v.id WHERE v.id = ?""",
                        row -> {
                            Hours hours = schedules.hours(row);
                            return new OpeningHoursView(
                                    venue,
                                    row.number("version"),
                                    hours.zone().getId(),
                                    Windows.weekly(hours),
                                    exceptions("venue_hours_exception", "venue_id", venue),
                                    null);
                        },
                        venue)
                .orElseThrow(NotFound::new);
    }

    OpeningHoursView replaceHours(UUID venue, int expected, OpeningHoursRequest request, boolean rehearsal) {
        Windows windows = new Windows();
        ZoneId zone = windows.zone(request.zone(), config.defaultZone());
        List<Span> weekly = windows.weekly(request.weekly());
        List<DateWindows> exceptions = request.exceptions() == null ? List.of() : request.exceptions();
        windows.dates(exceptions);
        List<String> onDates = onDates(exceptions, windows);
        InvalidRequest.unlessEmpty(windows.violations());
        return Transactions.inNew(rehearsal, () -> {
            lock("venue", venue);
            int version = hoursOf(venue).version();
            Etag.check(expected, version);
            Changed<OpeningHoursView> changed = consequences.of(
                    Scope.ofVenue(venue), () -> writeHours(venue, version + 1, zone, weekly, exceptions, onDates));
            return changed.value().with(changed.consequences());
        });
    }

    private OpeningHoursView writeHours(
            UUID venue,
            int version,
            ZoneId zone,
            List<Span> weekly,
            List<DateWindows> exceptions,
            List<String> onDates) {
        sql.update("""
                INSERT INTO venue_hours (venue_id, version, zone, weekly, updated_at)
                VALUES (?, ?, ?, cast(? AS int4multirange), ?)
                ON CONFLICT (venue_id) DO UPDATE SET version = excluded.version, zone = excluded.zone,
                    weekly = excluded.weekly, updated_at = greatest(venue_hours.updated_at, excluded.updated_at)""", venue, version, zone.getId(), Span.toMultirange(weekly), clock.instant());
        write("venue_hours_exception", "venue_id", venue, exceptions, onDates);
        OpeningHoursView written = hoursOf(venue);
        audit.append(Kind.OPENING_HOURS, venue, version, AuditAction.CHANGED, written);
        return written;
    }

    private static List<String> onDates(List<DateWindows> exceptions, Windows windows) {
        List<String> onDates = new ArrayList<>();
        for (int i = 0; i < exceptions.size(); i++) {
            onDates.add(Span.toMultirange(windows.of(exceptions.get(i), "/exceptions/" + i)));
        }
        return onDates;
    }

    private void lock(String table, UUID id) {
        if (sql.one("SELECT id FROM " + table + " WHERE id = ? FOR NO KEY UPDATE", row -> row.id("id"), id)
                .isEmpty()) {
            throw new NotFound();
        }
    }

    private void write(String table, String key, UUID id, List<DateWindows> exceptions, List<String> windows) {
        sql.update("DELETE FROM " + table + " WHERE " + key + " = ?", id);
        for (int i = 0; i < exceptions.size(); i++) {
            sql.update(
                    "INSERT INTO " + table + " (" + key
                            + ", on_date, windows, note) VALUES (?, ?, cast(? AS int4multirange), ?)",
                    id,
                    exceptions.get(i).date(),
                    windows.get(i),
                    exceptions.get(i).note());
        }
    }
}
