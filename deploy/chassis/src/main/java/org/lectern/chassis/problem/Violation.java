package org.lectern.chassis.problem;

import java.util.List;

/**
 * One violation in a request. The pointer is a JSON Pointer (RFC 6901) into the body, {@code ?name} for a query
 * parameter, or the bare name of a header. The key refers to the message bundle.
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
