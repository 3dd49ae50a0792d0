package org.lectern.notification.inbound;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the mailbox for inbound mail. */
@ConfigMapping(prefix = "lectern.inbound-mail")
interface InboundMailConfig {

    /** Whether mails carry reply addresses and the mailbox is read. The replicas take turns. */
    @WithDefault("false")
    boolean enabled();

    /**
     * The mailbox, for instance {@code lectern@example.org}; its server must deliver {@code lectern+…@example.org} to
     * it.
     */
    Optional<String> address();

    /** The IMAP server. */
    Optional<String> host();

    @WithDefault("993")
    int port();

    @WithDefault("implicit")
    Tls tls();

    /** A PEM file of certificate authorities to trust instead of the JDK's. */
    Optional<Path> trustedCertificates();

    Optional<String> username();

    Optional<String> password();

    @WithDefault("INBOX")
    String folder();

    /** The folder for understood messages; created if missing. */
    @WithDefault("Lectern-Processed")
    String processedFolder();

    /** The folder for messages that a person should see: not understood, malformed, or to an unknown address. */
    @WithDefault("Lectern-Quarantine")
    String quarantineFolder();

    @WithDefault("1m")
    Duration pollInterval();

    /** The lease of a replica's turn. A round ends within half of it. */
    @WithDefault("5m")
    Duration lease();

    /** The timeout for connecting, for each response and for each command. */
    @WithDefault("20s")
    Duration timeout();

    /** The largest message that is read, in octets; larger ones go to the review folder. */
    @WithDefault("1048576")
    int maxMessageSize();

    /** The encryption of the connection. */
    enum Tls {
        /** TLS from the first octet (RFC 8314). */
        IMPLICIT,
        /** STARTTLS, required. */
        STARTTLS,
        /** None: for a server on the same machine. */
        NONE
    }
}
