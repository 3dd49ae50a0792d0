package org.lectern.chassis.problem;

import java.util.List;

/**
 * One thing wrong with a request: where (a JSON Pointer, RFC 6901, into the body; {@code ?name} for a query
 * parameter, the bare name for a header) and what, as a key of the message bundle with its arguments.
 */
public record Violation(String pointer, String key, List<Object> arguments) {

    public Violation(String pointer, String key, Object... arguments) {
        this(pointer, key, List.of(arguments));
    }

    @Override
    public String toString() {
        return pointer + " " + key;
    }
}
