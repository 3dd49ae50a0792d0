package org.lectern.notification.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.directory.breaker.Failing;

/** The status of an endpoint. */
enum EndpointStatus {
    /** Notices are sent there. */
    @JsonProperty("active")
    ACTIVE,
    /** It is disabled; notices wait. */
    @JsonProperty("disabled")
    DISABLED,
    /** It is not verified yet; notices wait. */
    @JsonProperty("pending")
    PENDING,
    /** It failed repeatedly. Only occasional probes are sent; other notices wait. */
    @JsonProperty("failing")
    FAILING;

    static EndpointStatus of(boolean enabled, boolean pending, @Nullable Failing failing) {
        if (!enabled) {
            return DISABLED;
        }
        if (pending) {
            return PENDING;
        }
        return failing != null && failing.nextProbeAt() != null ? FAILING : ACTIVE;
    }
}
