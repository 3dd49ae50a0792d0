package org.lectern.chaos.load;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;

/** Random parties and times for callers. */
final class Draws {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** Lectures start within this number of days from this day. */
    static final int FIRST_DAY = 14;

    static final int DAYS = 10;

    private Draws() {}

    static <T> T any(Random random, List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    /** A half hour of a working day, two to three weeks ahead. */
    static String start(Random random) {
        return rfc3339(LocalDate.now(ZONE)
                .plusDays(FIRST_DAY + random.nextInt(DAYS))
                .atTime(8 + random.nextInt(9), 30 * random.nextInt(2))
                .atZone(ZONE)
                .toOffsetDateTime());
    }

    /** A moment after one to two times this number of seconds. */
    static String soon(Random random, int seconds) {
        return rfc3339(OffsetDateTime.now(ZONE).plusSeconds(seconds + random.nextInt(seconds)));
    }

    static String rfc3339(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.withNano(0));
    }
}
