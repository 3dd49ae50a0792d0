package org.lectern.notification.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Violation;

/** A channel's rules for its endpoints. */
public interface ChannelTerms {

    String channel();

    /** Normalises an address and secret as entered. Violations are added under {@code /address} and {@code /secret}. */
    Accepted accept(String address, @Nullable String secret, List<Violation> violations);

    /** Enough of an accepted address to recognise it, but not enough to send to it. */
    String masked(String address);

    /** Whether the receiver must be verified before anything else is sent there. */
    default boolean provesItself() {
        return false;
    }

    /** Whether verification is the owner's confirmation ({@link Owners}), not the receiver's answer to a challenge. */
    default boolean ownerConfirms() {
        return false;
    }

    /** A generated secret for a new endpoint; null for channels that need none or get it from elsewhere. */
    default @Nullable String newSecret() {
        return null;
    }

    /**
     * The stored values.
     *
     * @param address the canonical form for storage, display and comparison; never contains a secret
     * @param secret stored encrypted
     */
    record Accepted(String address, @Nullable String secret) {
        @Override
        public String toString() {
            return "accepted address";
        }
    }
}
