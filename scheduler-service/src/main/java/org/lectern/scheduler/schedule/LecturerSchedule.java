package org.lectern.scheduler.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.schedule.Intervals.Interval;

/**
 * The availability of one lecturer, for the dates it was read for.
 *
 * @param lecturesPerDay null means unlimited
 */
public record LecturerSchedule(
        UUID lecturerId,
        Hours hours,
        Intervals blackouts,
        @Nullable Integer lecturesPerDay,
        @Nullable Integer lecturesPerWeek,
        int noticeHours) {

    /** Parses a blackout from the database: two numbers of seconds. */
    public static Intervals blackouts(List<String> texts) {
        List<Interval> blackouts = new ArrayList<>();
        for (String text : texts) {
            int space = text.indexOf(' ');
            blackouts.add(
                    new Interval(Long.parseLong(text.substring(0, space)), Long.parseLong(text.substring(space + 1))));
        }
        return Intervals.of(blackouts);
    }

    /** The date of an instant in the lecturer's zone. */
    LocalDate date(long moment) {
        return Instant.ofEpochSecond(moment).atZone(hours.zone()).toLocalDate();
    }

    /** Whether a future start respects the lecturer's notice period. */
    public boolean noticed(long start, long now) {
        return start <= now || start >= now + noticeHours * 3600L;
    }
}
