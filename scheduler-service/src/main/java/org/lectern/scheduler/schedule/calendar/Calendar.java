package org.lectern.scheduler.schedule.calendar;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.time.Years;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.AuditAction;
import org.lectern.scheduler.audit.Kind;
import org.lectern.scheduler.consequence.Consequences;
import org.lectern.scheduler.consequence.Consequences.Changed;
import org.lectern.scheduler.consequence.Consequences.Scope;

/** Stores the working calendar by year: an announcement replaces the previous data of its year. */
@ApplicationScoped
class Calendar {

    /** The version of a year without data: the year exists and is not announced. */
    private static final int UNWRITTEN = 1;

    private final Sql sql;
    private final Audit audit;
    private final Consequences consequences;
    private final Clock clock;

    @Inject
    Calendar(Sql sql, Audit audit, Consequences consequences, Clock clock) {
        this.sql = sql;
        this.audit = audit;
        this.consequences = consequences;
        this.clock = clock;
    }

    /** Whether the calendar accepts the year. */
    static boolean holds(int year) {
        return Years.accept(year);
    }

    YearView year(int year) {
        if (!holds(year)) {
            throw new NotFound();
        }
        return sql.one(
                        "SELECT version, announced FROM calendar_year WHERE year = ?",
                        row -> new YearView(year, row.number("version"), row.flag("announced"), days(year), null),
                        year)
                .orElseGet(() -> new YearView(year, UNWRITTEN, false, List.of(), null));
    }

    private List<NamedDay> days(int year) {
        return sql.list(
                "SELECT on_date, name, off, acts_as FROM calendar_day WHERE year = ? ORDER BY on_date",
                row -> NamedDay.of(WorkingCalendar.day(
                        row.date("on_date"), row.text("name"), row.flag("off"), row.numberOrNull("acts_as"))),
                year);
    }

    YearView replace(int year, int expected, YearRequest request, boolean rehearsal) {
        return Transactions.inNew(rehearsal, () -> {
            YearView known = locked(year);
            Etag.check(expected, known.version());
            return writeAndCompare(known, request);
        });
    }

    private YearView writeAndCompare(YearView known, YearRequest request) {
        Changed<YearView> changed =
                consequences.of(Scope.ofDates(different(known, request)), () -> write(known, request));
        return changed.value().with(changed.consequences());
    }

    /** Replaces a year's data by an announcement; a repeat changes nothing. */
    YearView announce(int year, YearRequest request, boolean rehearsal) {
        if (!holds(year)) {
            throw new InvalidRequest("/year", "calendar.year");
        }
        return Transactions.inNew(rehearsal, () -> writeAndCompare(locked(year), request));
    }

    /** The dates that the request changes; at least one, for an empty scope would be everything. */
    private static Set<LocalDate> different(YearView known, YearRequest request) {
        Set<NamedDay> before = new HashSet<>(known.days());
        Set<NamedDay> after = new HashSet<>(request.named());
        Set<LocalDate> dates = new HashSet<>(Set.of(LocalDate.EPOCH));
        after.stream().filter(day -> !before.contains(day)).map(NamedDay::date).forEach(dates::add);
        before.stream().filter(day -> !after.contains(day)).map(NamedDay::date).forEach(dates::add);
        return dates;
    }

    private YearView locked(int year) {
        // the row of the year may not exist yet, so an advisory lock on its name replaces the row lock
        sql.one("SELECT cast(pg_advisory_xact_lock(hashtext('lectern.calendar'), ?) AS text)", row -> 1, year);
        return year(year);
    }

    private YearView write(YearView known, YearRequest request) {
        int year = known.year();
        InvalidRequest.unlessEmpty(violations(year, request));
        List<NamedDay> days = request.named().stream()
                .sorted((a, b) -> a.date().compareTo(b.date()))
                .toList();
        if (known.announced() == request.announced() && known.days().equals(days)) {
            return known;
        }
        int version = known.version() + 1;
        sql.update("""
                INSERT INTO calendar_year (year, version, announced, updated_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (year) DO UPDATE SET version = excluded.version, announced = excluded.announced,
                                                 updated_at = greatest(calendar_year.updated_at, excluded.updated_at)""", year, version, request.announced(), clock.instant());
        sql.update("DELETE FROM calendar_day WHERE year = ?", year);
        for (NamedDay day : days) {
            sql.update(
                    """
                    INSERT INTO calendar_day (on_date, year, name, off, acts_as) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (on_date) DO UPDATE SET year = excluded.year, name = excluded.name, off = excluded.off,
                                                        acts_as = excluded.acts_as""",
                    day.date(),
                    year,
                    day.name(),
                    day.isOffDay(),
                    day.actsAs() == null ? null : day.actsAs().getValue());
        }
        YearView written = new YearView(year, version, request.announced(), days, null);
        audit.append(Kind.CALENDAR, year, version, AuditAction.CHANGED, written);
        return written;
    }

    /** Receives an invalid day of an announcement. */
    interface Impossible {
        void tell(String member, String key, Object... arguments);
    }

    /**
     * Reports why a day cannot be part of an announcement. An announcement may reach a few days into adjacent years and
     * must name each date once.
     *
     * @param seen the dates before it; its own is added
     */
    static void check(int year, NamedDay day, Set<LocalDate> seen, Impossible impossible) {
        LocalDate first = LocalDate.of(year - 1, Month.DECEMBER, 1);
        LocalDate last = LocalDate.of(year + 1, Month.JANUARY, 31);
        if (day.date().isBefore(first) || day.date().isAfter(last)) {
            impossible.tell("date", "calendar.date-of-year", Integer.toString(year));
        }
        if (!seen.add(day.date())) {
            impossible.tell("date", "calendar.date-twice");
        }
        if (day.isOffDay() && day.actsAs() != null) {
            impossible.tell("actsAs", "calendar.acts-as");
        }
    }

    private static List<Violation> violations(int year, YearRequest request) {
        List<Violation> violations = new ArrayList<>();
        Set<LocalDate> seen = new HashSet<>();
        List<NamedDay> days = request.named();
        for (int i = 0; i < days.size(); i++) {
            String pointer = "/days/" + i + "/";
            check(
                    year,
                    days.get(i),
                    seen,
                    (member, key, arguments) -> violations.add(new Violation(pointer + member, key, arguments)));
        }
        if (!request.announced() && !days.isEmpty()) {
            violations.add(new Violation("/announced", "calendar.days-of-unannounced"));
        }
        return violations;
    }
}
