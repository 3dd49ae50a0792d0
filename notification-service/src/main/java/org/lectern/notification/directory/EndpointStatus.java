package org.lectern.notification.directory;

import org.lectern.notification.directory.breaker.Failing;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** What an endpoint does with what is to go there. */
enum EndpointStatus {
    /** Alerts go there. */
    @JsonProperty("active")
    ACTIVE,
    /** It is switched off: alerts wait. */
    @JsonProperty("disabled")
    DISABLED,
    /** Its receiver has yet to prove that it wants alerts: they wait. */
    @JsonProperty("pending")
    PENDING,
    /** It failed so often in a row that only a probe goes there now and then: the other alerts wait. */
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
