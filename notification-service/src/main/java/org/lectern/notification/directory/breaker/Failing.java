package org.lectern.notification.directory.breaker;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The present failure state of an endpoint. */
@Schema(name = "FailingEndpoint", description = "How an endpoint fails at present; the first success ends it")
public record Failing(
        @Schema(examples = "7", description = "Failures in a row")
        int failures,

        @Schema(description = "When the first of them was") Instant since,

        @Schema(
                description =
                        "Nothing is sent there before, then one delivery as a probe; absent while there are too few failures for that")
        @Nullable
        Instant nextProbeAt) {}
