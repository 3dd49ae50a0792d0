package org.lectern.notification.outbound;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Retry-After} (RFC 9110 section 10.2.3): seconds, or a date in any of the three forms of section
 * 5.6.7. Limited to six hours; invalid values are ignored.
 */
public final class RetryAfter {

    private static final Duration LONGEST = Duration.ofHours(6);
    private static final int LONGEST_HEADER = 100;
    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern("MMM d HH:mm:ss uuuu", Locale.ENGLISH);

    private RetryAfter() {}

    /** The earliest time of the next attempt; null if the header gives none. */
    public static @Nullable Instant read(@Nullable String header, Instant now) {
        if (header == null || header.length() > LONGEST_HEADER) {
            return null;
        }
        String text = header.strip();
        Instant latest = now.plus(LONGEST);
        Instant wanted = text.matches("[0-9]+")
                ? seconds(text, now, latest)
                : date(text, now).orElse(now);
        if (!wanted.isAfter(now)) {
            return null;
        }
        return wanted.isAfter(latest) ? latest : wanted;
    }

    private static Instant seconds(String digits, Instant now, Instant latest) {
        String number = digits.replaceFirst("^0+(?=.)", "");
        return number.length() > 9 ? latest : now.plusSeconds(Long.parseLong(number));
    }

    /** Ignores the day of the week, even a wrong one. */
    private static Optional<Instant> date(String header, Instant now) {
        String text = header.replaceFirst("^[A-Za-z]{3,9},? +", "");
        for (DateTimeFormatter form : new DateTimeFormatter[] {DateTimeFormatter.RFC_1123_DATE_TIME, rfc850(now)}) {
            try {
                return Optional.of(ZonedDateTime.parse(text, form).toInstant());
            } catch (DateTimeException e) {
                // try the next form
            }
        }
        try {
            return Optional.of(
                    LocalDateTime.parse(text.replaceAll(" +", " "), ASCTIME).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A year of two digits lies at most 50 years ahead (section 5.6.7). */
    private static DateTimeFormatter rfc850(Instant now) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern("d-MMM-")
                .appendValueReduced(
                        ChronoField.YEAR, 2, 2, now.atOffset(ZoneOffset.UTC).getYear() - 49)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
    }
}
