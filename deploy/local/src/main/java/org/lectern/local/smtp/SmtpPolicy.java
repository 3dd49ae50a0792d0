package org.lectern.local.smtp;

import java.util.Optional;

/** A server's decisions on senders, recipients and messages. A reply such as {@code 550 5.1.1 unknown} refuses. */
public interface SmtpPolicy {

    /** Accepts or refuses a message that conforms to the wire rules. */
    Optional<String> accept(ReceivedMail mail);

    /** Reports a message that was refused because it violates the wire rules. */
    default void refused(ReceivedMail mail) {}

    default Optional<String> refuseSender(String address) {
        return Optional.empty();
    }

    default Optional<String> refuseRecipient(String address) {
        return Optional.empty();
    }

    /** True if that login is correct; called only if the server requires a login. */
    default boolean knows(String user, String password) {
        return false;
    }
}
