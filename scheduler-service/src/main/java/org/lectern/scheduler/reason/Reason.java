package org.lectern.scheduler.reason;

import org.jspecify.annotations.Nullable;

/**
 * Why something was changed.
 *
 * @param text for people
 * @param code for filters and statistics; one of {@link ReasonConfig#codes}
 */
public record Reason(@Nullable String text, @Nullable String code) {

    public static final Reason NONE = new Reason(null, null);

    /** A reason without a code. */
    public static Reason of(@Nullable String text) {
        return new Reason(text, null);
    }
}
