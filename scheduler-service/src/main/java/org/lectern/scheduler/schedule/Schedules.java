package org.lectern.scheduler.schedule;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;

/** Stored schedules of lecturers and venues, read in bulk; missing values come from the settings. */
@ApplicationScoped
public class Schedules {

    /** Columns of a lecturer {@code l} with {@code a}; takes two dates and two instants. */
    public static final String LECTURER = """
            a.zone, cast(a.weekly AS text) AS weekly, a.lectures_per_day, a.lectures_per_week, a.notice_hours,
            ARRAY(SELECT x.on_date || ' ' || x.windows FROM lecturer_exception x
                  WHERE x.lecturer_id = l.id AND x.on_date BETWEEN ? AND ?) AS exceptions,
            ARRAY(SELECT floor(extract(epoch FROM o.from_at)) || ' ' || ceil(extract(epoch FROM o.until_at))
                  FROM lecturer_blackout o
                  WHERE o.lecturer_id = l.id AND o.until_at > ? AND o.from_at < ?) AS blackouts""";

    /** Columns of a venue {@code v} with {@code h}; takes two dates. */
    public static final String VENUE = """
            h.zone, cast(h.weekly AS text) AS weekly,
            ARRAY(SELECT x.on_date || ' ' || x.windows FROM venue_hours_exception x
                  WHERE x.venue_id = v.id AND x.on_date BETWEEN ? AND ?) AS exceptions""";

    private final AvailabilityConfig config;

    @Inject
    Schedules(AvailabilityConfig config) {
        this.config = config;
    }

    public LecturerSchedule lecturer(Sql.Row row) throws SQLException {
        Integer perDay = row.numberOrNull("lectures_per_day");
        Integer perWeek = row.numberOrNull("lectures_per_week");
        Integer notice = row.numberOrNull("notice_hours");
        return new LecturerSchedule(
                row.id("id"),
                hours(row),
                LecturerSchedule.blackouts(row.texts("blackouts")),
                perDay == null && config.lecturesPerDay().isPresent()
                        ? Integer.valueOf(config.lecturesPerDay().getAsInt())
                        : perDay,
                perWeek == null && config.lecturesPerWeek().isPresent()
                        ? Integer.valueOf(config.lecturesPerWeek().getAsInt())
                        : perWeek,
                notice == null ? config.noticeHours() : notice);
    }

    public Hours hours(Sql.Row row) throws SQLException {
        String weekly = row.textOrNull("weekly");
        return new Hours(
                zone(row.textOrNull("zone")),
                weekly == null ? List.of() : Span.ofMultirange(weekly),
                Hours.exceptions(row.texts("exceptions")));
    }

    private ZoneId zone(@Nullable String name) {
        return name == null ? config.defaultZone() : ZoneId.of(name);
    }

    /** The zone of lecturers and venues without one of their own. */
    ZoneId defaultZone() {
        return config.defaultZone();
    }

    /** The hours of a lecturer without weekly windows. */
    public Span usual() {
        return Span.ofText(config.defaultHours());
    }

    /** The dates that instants can have in any zone, and one day around them for windows that touch at midnight. */
    public record Dates(LocalDate first, LocalDate last) {

        public static Dates around(long from, long until) {
            return new Dates(day(from).minusDays(2), day(until).plusDays(2));
        }

        private static LocalDate day(long moment) {
            return Instant.ofEpochSecond(moment).atZone(ZoneOffset.UTC).toLocalDate();
        }
    }
}
