package org.lectern.scheduler.booking.file;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.time.Days;
import org.lectern.chassis.time.Years;
import org.lectern.scheduler.booking.LocalTimes;
import org.lectern.scheduler.csv.WrittenTime;

/**
 * Times as people and spreadsheets write them: RFC 3339 with offset, or local time in a zone in the forms of
 * {@link WrittenTime}.
 */
final class SheetTime {

    private static final int LONGEST = 64;

    private SheetTime() {}

    /**
     * A time, or what is wrong with it.
     *
     * @param violation its pointer is empty
     */
    record Reading(@Nullable OffsetDateTime time, @Nullable Violation violation) {

        static Reading wrong(String key, Object... arguments) {
            return new Reading(null, new Violation("", key, arguments));
        }
    }

    /**
     * The time in a cell, in a year from 1900 to 2200. A local time must exist exactly once on its day.
     *
     * @param day the date to use when the cell has only a time of day
     */
    static Reading read(String cell, ZoneId zone, @Nullable LocalDate day) {
        Reading reading = any(cell, zone, day);
        OffsetDateTime time = reading.time();
        return time == null || Years.accept(time) ? reading : notATime(cell, zone);
    }

    private static Reading any(String cell, ZoneId zone, @Nullable LocalDate day) {
        if (cell.length() > LONGEST) {
            return notATime("", zone);
        }
        String text = cell.strip();
        try {
            return new Reading(OffsetDateTime.parse(text.replaceFirst("(?<=\\d)[Tt\\s]+(?=\\d)", "T")), null);
        } catch (DateTimeException e) {
            // not a time with an offset
        }
        Optional<WrittenTime.Written> written = WrittenTime.read(text);
        LocalDate date = written.flatMap(WrittenTime.Written::date).orElse(day);
        if (written.isEmpty() || written.get().minute().isEmpty() || date == null) {
            return notATime(text, zone);
        }
        LocalDateTime local = date.atStartOfDay()
                .plusMinutes(written.get().minute().get())
                .plusSeconds(written.get().second());
        return LocalTimes.violation(local, zone)
                .map(violation -> new Reading(null, violation))
                .orElseGet(() -> new Reading(local.atZone(zone).toOffsetDateTime(), null));
    }

    private static Reading notATime(String text, ZoneId zone) {
        return Days.impossible(text)
                .map(day -> Reading.wrong("date.impossible", day))
                .orElseGet(() -> Reading.wrong("csv.time", zone.getId()));
    }
}
