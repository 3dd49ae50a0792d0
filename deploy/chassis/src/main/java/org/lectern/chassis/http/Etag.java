package org.lectern.chassis.http;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Refusal;

/**
 * Versions as strong entity tags, and the {@code If-Match} precondition for changes (RFC 9110 section 13.1.1). The tag
 * of a {@link Derived} view may also have a hash of its content, which a change ignores.
 */
public final class Etag {

    private static final Pattern STRONG = Pattern.compile("\"([1-9][0-9]{0,9})(?:-[A-Za-z0-9_-]{20})?\"");

    private Etag() {}

    public static String of(int version) {
        return "\"" + version + "\"";
    }

    /**
     * The version that the caller intends to change.
     *
     * @throws Refusal 428 without a tag; 400 for anything but one strong tag of ours. {@code *}, weak tags and lists
     *     would let a caller change a version it has not seen
     */
    public static int expected(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw new PreconditionRequired();
        }
        var matcher = STRONG.matcher(ifMatch.strip());
        if (!matcher.matches()) {
            throw new InvalidRequest("If-Match", "if-match.one-strong-tag");
        }
        long version = Long.parseLong(matcher.group(1));
        if (version > Integer.MAX_VALUE) {
            throw new InvalidRequest("If-Match", "if-match.one-strong-tag");
        }
        return (int) version;
    }

    /** Refuses with 412 unless the expected version is the current one. */
    public static void check(int expected, int current) {
        if (expected != current) {
            throw new StaleVersion(current);
        }
    }

    /** A change came without {@code If-Match} (RFC 6585 section 3). */
    static final class PreconditionRequired extends Refusal {
        PreconditionRequired() {
            super(428, "precondition-required", List.of());
        }
    }

    /** The resource changed after the caller read it. */
    static final class StaleVersion extends Refusal {
        StaleVersion(int current) {
            super(412, "stale-version", List.of(), current);
            member("currentVersion", current);
            header("ETag", of(current));
        }
    }
}
