package org.lectern.chassis.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.time.Days;
import org.lectern.chassis.time.Years;

/**
 * Parses query parameters by hand. JAX-RS answers 404 for a value it cannot convert, which would suggest that the
 * resource does not exist.
 */
public final class Parameters {

    private static final int MOST = 200;
    private static final int USUAL = 50;

    private Parameters() {}

    /** The page size: 1 to 200, 50 by default. */
    public static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL;
        }
        try {
            int limit = StrictParameters.wholeNumber(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw new InvalidRequest("?limit", "limit.range", MOST);
    }

    public static @Nullable UUID id(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return StrictParameters.uuid(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("?" + name, "parameter.uuid");
        }
    }

    /** Ids separated by commas; none when the parameter is absent. */
    public static Set<UUID> ids(String name, @Nullable String text, int most) {
        Set<UUID> ids = new LinkedHashSet<>();
        if (text != null) {
            for (String each : text.split(",", -1)) {
                try {
                    ids.add(StrictParameters.uuid(each.strip()));
                } catch (IllegalArgumentException e) {
                    throw new InvalidRequest("?" + name, "parameter.uuids", most);
                }
            }
            if (ids.size() > most) {
                throw new InvalidRequest("?" + name, "parameter.uuids", most);
            }
        }
        return ids;
    }

    /** A date in an accepted year. */
    public static LocalDate date(String name, @Nullable String text) {
        try {
            LocalDate date = LocalDate.parse(text == null ? "" : text);
            if (Years.accept(date.getYear())) {
                return date;
            }
        } catch (DateTimeException e) {
            // refused below
        }
        String day = Days.impossible(text == null ? "" : text).orElse(null);
        throw day == null
                ? new InvalidRequest("?" + name, "date.form")
                : new InvalidRequest("?" + name, "date.impossible", day);
    }

    /** An optional time; see {@link #requiredTime}. */
    public static @Nullable Instant time(String name, @Nullable String text) {
        return text == null ? null : requiredTime(name, text).toInstant();
    }

    /** A time with offset (RFC 3339) in an accepted year. */
    public static OffsetDateTime requiredTime(String name, @Nullable String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text == null ? "" : text);
            if (Years.accept(time)) {
                return time;
            }
        } catch (DateTimeException e) {
            // refused below
        }
        String day = Days.impossible(text == null ? "" : text).orElse(null);
        throw day == null
                ? new InvalidRequest("?" + name, "time.malformed")
                : new InvalidRequest("?" + name, "date.impossible", day);
    }

    public static boolean flag(String name, @Nullable String text) {
        try {
            return text != null && StrictParameters.bool(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("?" + name, "one-of", "false, true");
        }
    }
}
