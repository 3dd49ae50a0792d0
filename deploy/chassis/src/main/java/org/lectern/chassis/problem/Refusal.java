package org.lectern.chassis.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request refused for a reason the caller can act on. Each refusal has an HTTP status and a code. Title and detail
 * are in the message bundle {@code problem} under {@code CODE.title} and {@code CODE.detail}. Throwing one rolls the
 * transaction back, so a refusal has no partial effect.
 */
public abstract class Refusal extends RuntimeException {

    private final int status;
    private final String code;
    private final transient Object[] arguments;
    private final transient List<Violation> violations;
    private final transient Map<String, Object> members = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();

    protected Refusal(int status, String code, List<Violation> violations, Object... arguments) {
        super(code, null, false, false);
        this.status = status;
        this.code = code;
        this.violations = List.copyOf(violations);
        this.arguments = arguments;
    }

    /** Adds an extension member (RFC 9457 section 3.2) to the problem document. */
    protected void member(String name, Object value) {
        members.put(name, value);
    }

    protected void header(String name, String value) {
        headers.put(name, value);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    Object[] arguments() {
        return arguments;
    }

    public List<Violation> violations() {
        return violations;
    }

    Map<String, Object> members() {
        return members;
    }

    Map<String, String> headers() {
        return headers;
    }
}
