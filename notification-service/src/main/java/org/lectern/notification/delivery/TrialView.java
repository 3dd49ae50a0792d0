package org.lectern.notification.delivery;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result of a test or a verification. */
@Schema(name = "EndpointTestResult", description = "The result of a test or verification")
record TrialView(
        @Schema(description = "Whether the receiver accepted the test, or verified itself", examples = "true")
        boolean succeeded,

        @Schema(
                examples = "http-200",
                description = "The receiver's answer as a code, as in the attempts of a delivery")
        String answer,

        @Schema(examples = "84") long durationMillis) {}
