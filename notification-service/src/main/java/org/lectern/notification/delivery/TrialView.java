package org.lectern.notification.delivery;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result of a test or a verification. */
@Schema(name = "EndpointTrial", description = "What came of sending something to an endpoint just now")
record TrialView(
        @Schema(description = "Whether the receiver took it, or proved itself", examples = "true")
        boolean succeeded,

        @Schema(
                examples = "http-200",
                description = "The receiver's answer as a code, as in the attempts of a delivery")
        String answer,

        @Schema(examples = "84") long durationMillis) {}
