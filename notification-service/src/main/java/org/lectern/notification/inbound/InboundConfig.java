package org.lectern.notification.inbound;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The mailbox that reads what comes back. */
@ConfigMapping(prefix = "lectern.inbound")
interface InboundConfig {

    /** Whether mails carry reply addresses and the mailbox is read; the replicas take turns. */
    @WithDefault("false")
    boolean enabled();

    /** The mailbox, for instance {@code lectern@example.org}; its server must deliver {@code lectern+…@example.org} to it. */
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

    /** Where messages go that were understood; made if it is not there. */
    @WithDefault("Lectern-Processed")
    String processedFolder();

    /** Where messages go that a person should look at: not understood, malformed, or to an unknown address. */
    @WithDefault("Lectern-Set-Aside")
    String setAsideFolder();

    @WithDefault("1m")
    Duration pollInterval();

    /** How long a turn belongs to one replica. A round ends within half of it. */
    @WithDefault("5m")
    Duration lease();

    /** For connecting, for each answer of the server and for each command. */
    @WithDefault("20s")
    Duration timeout();

    /** The largest message that is read, in octets; larger ones are set aside. */
    @WithDefault("1048576")
    int largestMessage();

    /** How the connection is encrypted. */
    enum Tls {
        /** From the first octet (RFC 8314). */
        IMPLICIT,
        /** By STARTTLS, which is then required. */
        STARTTLS,
        /** Not at all: for a server on the same machine. */
        NONE
    }
}
