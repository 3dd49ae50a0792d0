package org.lectern.notification.dial;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} (RFC 9110 section 10.2.3): honoured within reason, ignored when it makes no sense. */
public final class RetryAfter {

    private static final Duration LONGEST = Duration.ofHours(6);
    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /** When to come back at the earliest, or nothing. */
    public static @Nullable Instant read(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        Instant latest = now.plus(LONGEST);
        Instant wanted = text.matches("[0-9]+") ? after(text, now, latest) : date(text, now);
        if (wanted == null || !wanted.isAfter(now)) {
            return null;
        }
        return wanted.isAfter(latest) ? latest : wanted;
    }

    private static Instant after(String seconds, Instant now, Instant latest) {
        return seconds.length() > MOST_DIGITS ? latest : now.plusSeconds(Long.parseLong(seconds));
    }

    /** A date in one of the three forms of RFC 9110 section 5.6.7. */
    private static @Nullable Instant date(String text, Instant now) {
        for (DateTimeFormatter form : forms(now)) {
            try {
                return form.parse(text, Instant::from);
            } catch (DateTimeException e) {
                // then it is perhaps the next
            }
        }
        return null;
    }

    private static List<DateTimeFormatter> forms(Instant now) {
        // a year of two digits is at most 50 years ahead
        LocalDate earliest = now.atZone(ZoneOffset.UTC).toLocalDate().minusYears(49);
        return List.of(
                DateTimeFormatter.RFC_1123_DATE_TIME,
                inGmt(pattern("EEEE, dd-MMM-")
                        .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
                        .appendPattern(" HH:mm:ss 'GMT'")),
                inGmt(pattern("EEE MMM ppd HH:mm:ss uuuu")));
    }

    private static DateTimeFormatterBuilder pattern(String pattern) {
        return new DateTimeFormatterBuilder().appendPattern(pattern);
    }

    private static DateTimeFormatter inGmt(DateTimeFormatterBuilder form) {
        return form.toFormatter(Locale.US).withZone(ZoneOffset.UTC);
    }
}
