package org.lectern.scheduler.availability;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.problem.InvalidRequest;

/** Times in query parameters. */
final class QueryTime {

    private QueryTime() {}

    /** A time with offset (RFC 3339) in a year that can be kept. */
    static OffsetDateTime of(String pointer, @Nullable String value) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(value == null ? "" : value);
            if (time.getYear() >= 1900 && time.getYear() <= 2200) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // falls through to the refusal
        }
        throw new InvalidRequest(pointer, "time.with-offset");
    }
}
