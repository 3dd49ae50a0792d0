package org.lectern.chassis.problem;

import java.util.List;

/** The request is malformed or says something impossible; every flaw found is listed with its pointer. */
public final class InvalidRequest extends Refusal {

    public InvalidRequest(List<Flaw> flaws) {
        super(400, "invalid-request", flaws);
    }

    public InvalidRequest(String pointer, String key, Object... arguments) {
        this(List.of(new Flaw(pointer, key, arguments)));
    }

    /** Refuses if there is any flaw. */
    public static void unlessEmpty(List<Flaw> flaws) {
        if (!flaws.isEmpty()) {
            throw new InvalidRequest(flaws);
        }
    }
}
