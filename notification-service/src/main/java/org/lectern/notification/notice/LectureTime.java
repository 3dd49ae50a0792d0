package org.lectern.notification.notice;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Zones;

/**
 * A time as people of each language write it, at the place of the lecture: {@code 2026年12月1日（星期二）14:00–16:00},
 * {@code Tue 1 Dec 2026, 14:00–16:00 (Asia/Shanghai)}. The zone is named unless a Chinese reader's clock shows the same; an
 * hour that occurs twice names its offset.
 */
public final class LectureTime {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xxx", Locale.ROOT);
    private static final DateTimeFormatter ENGLISH_DAY = DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter CHINESE_DAY =
            DateTimeFormatter.ofPattern("uuuu年M月d日（EEEE）", Locale.SIMPLIFIED_CHINESE);

    private LectureTime() {}

    /** One moment by a reader's own clock. */
    public static String moment(Instant moment, ZoneId reader, Locale language) {
        return moment(moment, reader, reader, language);
    }

    /** One moment by the clock of a zone, for a reader in another. */
    public static String moment(Instant moment, ZoneId zone, @Nullable ZoneId reader, Locale language) {
        ZonedDateTime at = moment.atZone(zone);
        return dayAndHour(at, language) + zone(at, at, reader, language);
    }

    /**
     * From when to when.
     *
     * @param zone where the lecture is
     * @param reader where the reader is; null when that is not known
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

    /** With its offset when clocks show it twice that night. */
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
