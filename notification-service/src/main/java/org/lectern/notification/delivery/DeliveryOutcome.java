package org.lectern.notification.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. Reasons and answers are codes for the log: never an address, a secret or a receiver's text. */
public sealed interface DeliveryOutcome {

    /** The receiver has taken it over. */
    record Delivered(String answer) implements DeliveryOutcome {}

    /**
     * It did not work but may later.
     *
     * @param notBefore when the receiver wants to be asked again at the earliest, if it said so
     * @param receiverFails whether that speaks against the endpoint's receiver: then its circuit breaker counts it
     */
    record TryAgain(String reason, @Nullable Instant notBefore, boolean receiverFails) implements DeliveryOutcome {

        /** For a reason that says nothing about the receiver, such as our own mail server being away. */
        public TryAgain(String reason) {
            this(reason, null, false);
        }

        /** Because of the receiver. */
        public static TryAgain failing(String reason) {
            return new TryAgain(reason, null, true);
        }
    }

    /**
     * Nothing was sent, for it is not its turn; this is no attempt.
     *
     * @param waitsFor a code, for the log
     */
    record NotYet(Instant notBefore, String waitsFor) implements DeliveryOutcome {

        /** Until its receiver may be sent something again. */
        public NotYet(Instant notBefore) {
            this(notBefore, "budget");
        }
    }

    /** This letter will never be taken; others may. */
    record GiveUp(String reason) implements DeliveryOutcome {}

    /** The receiver wants nothing any more: the endpoint is switched off and the letter parked until it is on again. */
    record EndpointGone(String reason) implements DeliveryOutcome {}
}
