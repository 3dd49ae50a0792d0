package org.lectern.notification.channel.email;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lectern.notification.directory.EmailAddress;

/**
 * The sender of mails.
 *
 * @param name the display name; empty for none
 * @param messageIdDomain the right-hand side of message ids
 */
record Sender(String name, EmailAddress address, String messageIdDomain) {

    private static final Pattern NAMED = Pattern.compile("(?s)\\s*\"?(.*?)\"?\\s*<([^<>]*)>\\s*");

    /**
     * Parses the configured sender.
     *
     * @param from {@code Name <address>}, or an address
     * @throws IllegalArgumentException if it names no mailbox
     */
    static Sender of(String from, Optional<String> messageIdDomain) {
        Matcher named = NAMED.matcher(from);
        String name = named.matches() ? named.group(1) : "";
        EmailAddress address = EmailAddress.parse(
                        named.matches() ? named.group(2).strip() : from.strip())
                .orElseThrow(() -> new IllegalArgumentException("lectern.mail.from is not \"Name <address>\""));
        return new Sender(name, address, messageIdDomain.orElse(address.domain()));
    }
}
