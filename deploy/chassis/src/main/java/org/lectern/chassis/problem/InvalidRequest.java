package org.lectern.chassis.problem;

import java.util.List;

/** The request is malformed or contradictory. Lists every violation with its pointer. */
public final class InvalidRequest extends Refusal {

    public InvalidRequest(List<Violation> violations) {
        super(400, "invalid-request", violations);
    }

    public InvalidRequest(String pointer, String key, Object... arguments) {
        this(List.of(new Violation(pointer, key, arguments)));
    }

    /** Refuses if there is any violation. */
    public static void unlessEmpty(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
    }
}
