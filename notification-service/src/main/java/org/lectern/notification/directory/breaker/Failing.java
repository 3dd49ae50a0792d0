package org.lectern.notification.directory.breaker;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The present failure state of an endpoint. */
@Schema(name = "FailingEndpoint", description = "The present failures of an endpoint; a success clears them")
public record Failing(
        @Schema(examples = "7", description = "Consecutive failures")
        int failures,

        @Schema(description = "The time of the first failure")
        Instant since,

        @Schema(
                description = "The time of the next probe, before which nothing is sent; absent while the "
                        + "circuit breaker is closed")
        @Nullable
        Instant nextProbeAt) {}
