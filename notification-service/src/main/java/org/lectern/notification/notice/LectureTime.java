package org.lectern.notification.notice;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.lectern.notification.time.Zones;

/**
 * A time as people of each language write it, at the place of the lecture: {@code 2026年12月1日 星期二 14:00–16:00},
 * {@code Tue 1 Dec 2026, 14:00–16:00 (Asia/Shanghai)}. Chinese readers are told the zone only when it is not theirs.
 */
public final class LectureTime {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter ENGLISH_DAY = DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter CHINESE_DAY =
            DateTimeFormatter.ofPattern("uuuu年M月d日 EEEE", Locale.SIMPLIFIED_CHINESE);

    private LectureTime() {}

    /** One moment, as people of that language write it. */
    public static String moment(Instant moment, ZoneId zone, Locale language) {
        boolean chinese = language.getLanguage().equals("zh");
        ZonedDateTime at = moment.atZone(zone);
        String time = (chinese ? CHINESE_DAY : ENGLISH_DAY).format(at) + (chinese ? " " : ", ") + HOUR.format(at);
        if (chinese) {
            return zone.equals(Zones.DEFAULT) ? time : time + "（" + zone.getId() + "）";
        }
        return time + " (" + zone.getId() + ")";
    }

    /** From when to when. */
    public static String text(Instant start, Instant end, ZoneId zone, Locale language) {
        boolean chinese = language.getLanguage().equals("zh");
        DateTimeFormatter day = chinese ? CHINESE_DAY : ENGLISH_DAY;
        String gap = chinese ? " " : ", ";
        ZonedDateTime from = start.atZone(zone);
        ZonedDateTime to = end.atZone(zone);
        String until = from.toLocalDate().equals(to.toLocalDate())
                ? HOUR.format(to)
                : " " + day.format(to) + gap + HOUR.format(to);
        String separator = until.startsWith(" ") ? " –" : "–";
        String time = day.format(from) + gap + HOUR.format(from) + separator + until;
        if (chinese) {
            return zone.equals(Zones.DEFAULT) ? time : time + "（" + zone.getId() + "）";
        }
        return time + " (" + zone.getId() + ")";
    }
}
