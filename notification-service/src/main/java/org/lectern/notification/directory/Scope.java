package org.lectern.notification.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.security.Caller;

/**
 * The branches that a caller may see: every branch, or the branches with these codes and all below them.
 *
 * @param codes null for every branch; an empty list for none
 */
public record Scope(@Nullable List<String> codes) {

    public static Scope of(Caller caller) {
        return new Scope(caller.confinedTo().orElse(null));
    }
}
