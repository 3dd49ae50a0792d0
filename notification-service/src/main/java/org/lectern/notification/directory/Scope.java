package org.lectern.notification.directory;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.security.Caller;

/**
 * The recipients that a caller may see: every recipient, or the branches with these codes and all below them, and the
 * lecturer with that code.
 *
 * @param only the kind of recipient that was asked for; null for both
 * @param codes null for every branch; an empty list for none
 * @param lecturer null for every lecturer if there are no codes either, else for none
 */
public record Scope(
        @Nullable RecipientKind only,
        @Nullable List<String> codes,
        @Nullable String lecturer) {

    /** Every recipient, for what the service does by itself or for the holder of a link. */
    public static final Scope EVERY = new Scope(null, null, null);

    /** Recipients of both kinds. */
    public static Scope of(Caller caller) {
        return confined(caller, null);
    }

    /** @param collection the collection of the API that was asked for */
    public static Scope of(Caller caller, String collection) {
        return confined(caller, RecipientKind.of(collection));
    }

    private static Scope confined(Caller caller, @Nullable RecipientKind only) {
        return caller.isConfined()
                ? new Scope(only, caller.branches(), caller.lecturer().orElse(null))
                : new Scope(only, null, null);
    }

    /** The kind that was asked for. */
    RecipientKind kind() {
        return Objects.requireNonNull(only);
    }

    /** Whether every recipient of the kind is visible. */
    boolean isUnlimited() {
        return codes == null;
    }
}
