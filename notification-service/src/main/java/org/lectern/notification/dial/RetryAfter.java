package org.lectern.notification.dial;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} (RFC 9110 section 10.2.3): honoured within reason, ignored when it makes no sense. */
public final class RetryAfter {

    private static final Duration LONGEST = Duration.ofHours(6);

    private RetryAfter() {}

    /** When to come back at the earliest, or nothing. */
    public static @Nullable Instant read(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        Instant wanted;
        try {
            wanted = text.matches("[0-9]{1,9}")
                    ? now.plusSeconds(Long.parseLong(text))
                    : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
        if (!wanted.isAfter(now)) {
            return null;
        }
        Instant latest = now.plus(LONGEST);
        return wanted.isAfter(latest) ? latest : wanted;
    }
}
