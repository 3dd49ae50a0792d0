package org.lectern.local.smtp;

import java.util.Optional;

/** What a server does with senders, recipients and messages. A reply such as {@code 550 5.1.1 unknown} refuses. */
public interface SmtpPolicy {

    /** Takes over a message that keeps the rules of the wire, or refuses it. */
    Optional<String> accept(ReceivedMail mail);

    /** Learns of a message that was refused because it breaks the rules of the wire. */
    default void refused(ReceivedMail mail) {}

    default Optional<String> refuseSender(String address) {
        return Optional.empty();
    }

    default Optional<String> refuseRecipient(String address) {
        return Optional.empty();
    }

    /** Whether that login is right; only asked of a server that demands a login. */
    default boolean knows(String user, String password) {
        return false;
    }
}
