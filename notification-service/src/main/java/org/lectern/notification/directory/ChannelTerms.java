package org.lectern.notification.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Violation;

/** What a channel demands of the endpoints that choose it. */
public interface ChannelTerms {

    /** The channel's name. */
    String channel();

    /**
     * What becomes of an address and a secret as a person entered them; what is wrong with them goes into the violations,
     * under {@code /address} and {@code /secret}.
     */
    Accepted accept(String address, @Nullable String secret, List<Violation> violations);

    /** Enough of an accepted address to recognise it by, too little to send anything there. */
    String masked(String address);

    /** Whether the receiver has to prove that it wants to be told before anything else is sent there. */
    default boolean provesItself() {
        return false;
    }

    /** Whether that proof is the owner's answer to a message ({@link Owners}) rather than a receiver's to a challenge. */
    default boolean ownerConfirms() {
        return false;
    }

    /** A secret made for a new endpoint; nothing for channels whose secrets come from elsewhere, or that need none. */
    default @Nullable String newSecret() {
        return null;
    }

    /**
     * What is kept.
     *
     * @param address in the one form it is stored, shown and compared in; never a secret itself
     * @param secret kept encrypted
     */
    record Accepted(String address, @Nullable String secret) {
        @Override
        public String toString() {
            return "accepted address";
        }
    }
}
