package org.lectern.notification.notice;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Zones;

/**
 * Formats a time at the lecture's place per language: {@code 2026年12月1日（星期二）14:00–16:00},
 * {@code Tue 1 Dec 2026, 14:00–16:00 (Asia/Shanghai)}. It names the zone unless a Chinese reader's clock shows the same
 * time. An hour that occurs twice has its offset.
 */
public final class LectureTime {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xxx", Locale.ROOT);
    private static final DateTimeFormatter ENGLISH_DAY = DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter CHINESE_DAY =
            DateTimeFormatter.ofPattern("uuuu年M月d日（EEEE）", Locale.SIMPLIFIED_CHINESE);

    private LectureTime() {}

    /** A day. */
    public static String day(LocalDate day, Locale language) {
        return (isChinese(language) ? CHINESE_DAY : ENGLISH_DAY).format(day);
    }

    /** One moment in the reader's zone. */
    public static String moment(Instant moment, ZoneId reader, Locale language) {
        return moment(moment, reader, reader, language);
    }

    /** One moment in a zone, for a reader in another. */
    public static String moment(Instant moment, ZoneId zone, @Nullable ZoneId reader, Locale language) {
        ZonedDateTime at = moment.atZone(zone);
        return dayAndHour(at, language) + zone(at, at, reader, language);
    }

    /**
     * An interval.
     *
     * @param zone the lecture's zone
     * @param reader the reader's zone; null if unknown
     */
    public static String text(Instant start, Instant end, ZoneId zone, @Nullable ZoneId reader, Locale language) {
        ZonedDateTime from = start.atZone(zone);
        ZonedDateTime to = end.atZone(zone);
        String until = from.toLocalDate().equals(to.toLocalDate()) ? "–" + hour(to) : " – " + dayAndHour(to, language);
        return dayAndHour(from, language) + until + zone(from, to, reader, language);
    }

    private static String dayAndHour(ZonedDateTime at, Locale language) {
        return isChinese(language) ? CHINESE_DAY.format(at) + hour(at) : ENGLISH_DAY.format(at) + ", " + hour(at);
    }

    /** Adds the offset when clocks show the hour twice that night. */
    private static String hour(ZonedDateTime at) {
        boolean twice =
                at.getZone().getRules().getValidOffsets(at.toLocalDateTime()).size() > 1;
        return HOUR.format(at) + (twice ? " (UTC" + OFFSET.format(at) + ")" : "");
    }

    private static String zone(ZonedDateTime from, ZonedDateTime to, @Nullable ZoneId reader, Locale language) {
        ZoneId zone = from.getZone();
        if (!isChinese(language)) {
            return " (" + zone.getId() + ")";
        }
        if (reader != null && sameClock(from, reader) && sameClock(to, reader)) {
            return "";
        }
        return zone.equals(Zones.DEFAULT) ? "（北京时间）" : "（" + zone.getId() + "）";
    }

    private static boolean sameClock(ZonedDateTime at, ZoneId reader) {
        return reader.getRules().getOffset(at.toInstant()).equals(at.getOffset());
    }

    private static boolean isChinese(Locale language) {
        return language.getLanguage().equals("zh");
    }
}
