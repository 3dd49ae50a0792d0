package org.lectern.scheduler.booking.file;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Years;

/**
 * Times as people and spreadsheets write them: RFC 3339 with offset, or local time in a zone. Local formats:
 * {@code 2026-12-01 14:00}, {@code 2026/12/1 14:00} or {@code 2026年12月1日 14:00}.
 */
final class SheetTime {

    private static final List<DateTimeFormatter> LOCAL =
            List.of(format("uuuu-M-d H:mm[:ss]"), format("uuuu/M/d H:mm[:ss]"), format("uuuu'年'M'月'd'日' H:mm[:ss]"));
    private static final DateTimeFormatter HOUR = format("H:mm[:ss]");
    private static final int LONGEST = 64;

    private SheetTime() {}

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
    }

    /**
     * The time in a cell, in a year from 1900 to 2200.
     *
     * @param day the date to use when the cell has only a time of day
     * @return empty if the cell is not a time, or if the local time is skipped or repeated by a clock change
     */
    static Optional<OffsetDateTime> read(String cell, ZoneId zone, @Nullable LocalDate day) {
        if (cell.length() > LONGEST) {
            return Optional.empty();
        }
        return any(cell, zone, day).filter(Years::accept);
    }

    private static Optional<OffsetDateTime> any(String cell, ZoneId zone, @Nullable LocalDate day) {
        String text = cell.strip().replaceFirst("(?<=\\d)[Tt](?=\\d)", " ").replaceAll("\\s+", " ");
        try {
            return Optional.of(OffsetDateTime.parse(text.replace(' ', 'T')));
        } catch (DateTimeException e) {
            // not a time with an offset
        }
        if (day != null) {
            try {
                return at(LocalTime.parse(text, HOUR).atDate(day), zone);
            } catch (DateTimeException e) {
                // not only a time of day
            }
        }
        for (DateTimeFormatter format : LOCAL) {
            try {
                return at(LocalDateTime.parse(text, format), zone);
            } catch (DateTimeException e) {
                // try the next format
            }
        }
        return Optional.empty();
    }

    private static Optional<OffsetDateTime> at(LocalDateTime time, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        return offsets.size() == 1 ? Optional.of(time.atOffset(offsets.getFirst())) : Optional.empty();
    }
}
