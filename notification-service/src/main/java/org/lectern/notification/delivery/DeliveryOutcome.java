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
     */
    record TryAgain(String reason, @Nullable Instant notBefore) implements DeliveryOutcome {
        public TryAgain(String reason) {
            this(reason, null);
        }
    }

    /** It will never work. */
    record GiveUp(String reason) implements DeliveryOutcome {}
}
