package org.lectern.notification.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The outcome of an attempt. Reasons and answers are log codes: never an address, a secret or a receiver's text. */
public sealed interface DeliveryOutcome {

    /** The receiver accepted the message. */
    record Delivered(String answer) implements DeliveryOutcome {}

    /**
     * The attempt failed, but a retry may succeed.
     *
     * @param notBefore the earliest retry time that the receiver requested, if any
     * @param receiverFails whether the failure counts for the endpoint's circuit breaker
     */
    record Retry(String reason, @Nullable Instant notBefore, boolean receiverFails) implements DeliveryOutcome {

        /** A failure that is not the receiver's, such as an unavailable mail server. */
        public Retry(String reason) {
            this(reason, null, false);
        }

        /** A failure of the receiver. */
        public static Retry failing(String reason) {
            return new Retry(reason, null, true);
        }
    }

    /**
     * Nothing was sent, because it is too early. This does not count as an attempt.
     *
     * @param waitsFor a log code
     */
    record Deferred(Instant notBefore, String waitsFor) implements DeliveryOutcome {

        /** Waits until the receiver's rate limit allows another message. */
        public Deferred(Instant notBefore) {
            this(notBefore, "budget");
        }
    }

    /** The receiver refused this message permanently. Others may succeed. */
    record Failed(String reason) implements DeliveryOutcome {}

    /**
     * The receiver wants no further messages. The endpoint is disabled, and the message is parked until it is enabled
     * again.
     */
    record EndpointGone(String reason) implements DeliveryOutcome {}
}
