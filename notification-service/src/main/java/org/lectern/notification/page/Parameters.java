package org.lectern.notification.page;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;

/**
 * Query parameters read by hand: a parameter that JAX-RS cannot convert answers 404, which would tell the caller that
 * the resource is not there.
 */
public final class Parameters {

    private static final int MOST = 200;
    private static final int USUAL = 50;
    /** As in the scheduler: nothing of Lectern's is before or after. */
    private static final int FIRST_YEAR = 1900;

    private static final int LAST_YEAR = 2200;

    private Parameters() {}

    /** How many items a page may hold: 1 to 200, 50 when nothing is said. */
    public static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new InvalidRequest("?limit", "limit.range", MOST);
    }

    public static @Nullable UUID id(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            if (text.length() == 36) {
                return UUID.fromString(text);
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw new InvalidRequest("?" + name, "id.malformed");
    }

    /** A moment as RFC 3339 writes it, of the years 1900 to 2200. */
    public static @Nullable Instant time(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR) {
                return time.toInstant();
            }
            throw new InvalidRequest("?" + name, "time.malformed");
        } catch (DateTimeException e) {
            throw new InvalidRequest("?" + name, "time.malformed");
        }
    }

    public static boolean flag(String name, @Nullable String text) {
        return switch (text) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidRequest("?" + name, "flag.malformed");
        };
    }
}
