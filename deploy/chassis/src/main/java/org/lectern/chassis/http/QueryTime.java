package org.lectern.chassis.http;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;

/** Times in query parameters. */
public final class QueryTime {

    private QueryTime() {}

    /** A time with offset (RFC 3339) in a year that can be kept. */
    public static OffsetDateTime of(String pointer, @Nullable String value) {
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

    /** The same of a parameter that may be absent. */
    public static @Nullable Instant optional(String pointer, @Nullable String value) {
        return value == null ? null : of(pointer, value).toInstant();
    }

    /** A cursor of a list that is ordered by time: its key is an instant that a database can hold. */
    public static @Nullable Cursor cursor(@Nullable String encoded) {
        Cursor cursor = Cursor.of(encoded);
        if (cursor == null) {
            return null;
        }
        try {
            Instant key = Instant.parse(cursor.key());
            if (key.isAfter(Instant.parse("1800-01-01T00:00:00Z"))
                    && key.isBefore(Instant.parse("2300-01-01T00:00:00Z"))) {
                return cursor;
            }
        } catch (DateTimeParseException e) {
            // falls through to the refusal
        }
        throw new InvalidRequest("?cursor", "cursor.not-ours");
    }
}
