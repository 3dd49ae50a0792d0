package org.lectern.scheduler.idempotency;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Violation;

/**
 * The caller's name for one intended change (draft-ietf-httpapi-idempotency-key-header-07).
 *
 * @param principal the owner of the key: two callers may use the same key for different requests
 */
public record IdempotencyKey(String principal, String value) {

    public static final String HEADER = "Idempotency-Key";
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7E]{16,128}");

    /**
     * The key a caller sent.
     *
     * @throws Refusal 400 when it is missing or not 16 to 128 visible ASCII characters
     */
    public static IdempotencyKey of(String principal, @Nullable String header) {
        if (header == null) {
            throw new Missing();
        }
        if (!FORM.matcher(header).matches()) {
            throw new InvalidRequest(HEADER, "idempotency-key.form");
        }
        return new IdempotencyKey(principal, header);
    }

    /** A change came without a key. */
    static final class Missing extends Refusal {
        Missing() {
            super(400, "idempotency-key-missing", List.of(new Violation(HEADER, "idempotency-key.form")));
        }
    }
}
