package org.lectern.scheduler.schedule.calendar;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Validator;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.csv.CsvFile;
import org.lectern.scheduler.csv.CsvImport;
import org.lectern.scheduler.csv.ImportReport;
import org.lectern.scheduler.csv.Row;
import org.lectern.scheduler.csv.RowOutcomes;
import org.lectern.scheduler.csv.RowOutcomes.Outcome;

/** Imports a year of the working calendar from CSV or JSON. */
@ApplicationScoped
class CalendarImport {

    static final String EXAMPLE = """
            date,name,isOffDay
            2026-10-01,国庆节,true
            2026-10-10,国庆节,false
            """;

    static final List<String> COLUMNS = List.of("date", "name", "isOffDay", "actsAs");

    /** The same limit as for a request. */
    private static final int MOST_DAYS = 366;

    private final Calendar calendar;
    private final Validator validator;
    private final Messages messages;

    @Inject
    CalendarImport(Calendar calendar, Validator validator, Messages messages) {
        this.calendar = calendar;
        this.validator = validator;
        this.messages = messages;
    }

    ImportReport run(int year, CsvFile file, boolean dryRun) {
        if (!Calendar.holds(year)) {
            throw new InvalidRequest("?year", "calendar.year");
        }
        CsvImport run = new CsvImport(file, COLUMNS, Set.of("date", "name", "isOffDay"), MOST_DAYS, messages);
        Map<Row, NamedDay> valid = run.valid(CalendarImport::day, validator);
        List<NamedDay> before = calendar.year(year).days();
        List<NamedDay> days = new ArrayList<>();
        Set<LocalDate> seen = new HashSet<>();
        valid.forEach((row, day) -> {
            Calendar.check(year, day, seen, row::error);
            if (!row.isFlawed()) {
                days.add(day);
                count(run, row, before, day);
            }
        });
        ImportReport report = run.report(dryRun);
        YearView announced = calendar.announce(
                year,
                new YearRequest(!days.isEmpty(), days),
                dryRun || !report.errors().isEmpty());
        return report.with(announced.consequences(), null);
    }

    ImportReport run(Announcement announcement, boolean dryRun) {
        if (!Calendar.holds(announcement.year())) {
            throw new InvalidRequest("/year", "calendar.year");
        }
        List<NamedDay> before = calendar.year(announcement.year()).days();
        YearView announced = calendar.announce(announcement.year(), announcement.request(), dryRun);
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        var outcomes = new RowOutcomes.Builder();
        int rows = 0;
        for (NamedDay day : announcement.days()) {
            Outcome outcome = outcome(before, day);
            counts.merge(outcome, 1, Integer::sum);
            outcomes.add(++rows, outcome);
        }
        return new ImportReport(
                dryRun,
                rows,
                counts.getOrDefault(Outcome.CREATED, 0),
                counts.getOrDefault(Outcome.UPDATED, 0),
                counts.getOrDefault(Outcome.UNCHANGED, 0),
                0,
                List.of(),
                outcomes.build(),
                null,
                announced.consequences());
    }

    private static Outcome outcome(List<NamedDay> before, NamedDay day) {
        if (before.contains(day)) {
            return Outcome.UNCHANGED;
        }
        boolean known = before.stream().anyMatch(each -> each.date().equals(day.date()));
        return known ? Outcome.UPDATED : Outcome.CREATED;
    }

    private static void count(CsvImport run, Row row, List<NamedDay> before, NamedDay day) {
        switch (outcome(before, day)) {
            case CREATED -> run.created(row);
            case UPDATED -> run.kept(row, true);
            case UNCHANGED, REFUSED -> run.kept(row, false);
        }
    }

    private static NamedDay day(Row row) {
        LocalDate date = row.date("date");
        if (row.text("date") == null) {
            row.error("date", "cell.missing");
        }
        Boolean off = row.yesOrNo("isOffDay");
        if (off == null && !row.isFlawed()) {
            row.error("isOffDay", "cell.missing");
        }
        return new NamedDay(
                date == null ? LocalDate.EPOCH : date, row.required("name"), Boolean.TRUE.equals(off), actsAs(row));
    }

    private static @Nullable DayOfWeek actsAs(Row row) {
        String text = row.text("actsAs");
        if (text == null) {
            return null;
        }
        try {
            return DayOfWeek.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            row.error("actsAs", "one-of", "MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY");
            return null;
        }
    }
}
