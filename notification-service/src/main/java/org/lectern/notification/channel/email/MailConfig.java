package org.lectern.notification.channel.email;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the mail server is, and as whom mail is sent. */
@ConfigMapping(prefix = "lectern.mail")
interface MailConfig {

    @WithDefault("localhost")
    String host();

    @WithDefault("25")
    int port();

    /** The sender, as {@code Name <address>}. */
    @WithDefault("Lectern <lectern@lectern.localhost>")
    String from();

    /** Where answers go; to the sender unless set. */
    Optional<String> replyTo();

    /** The right-hand side of message ids; the sender's domain unless set. */
    Optional<String> messageIdDomain();

    /** How this service names itself to the mail server; the sender's domain unless set. */
    Optional<String> ehloName();

    @WithDefault("optional")
    Tls tls();

    Optional<String> username();

    Optional<String> password();

    /** A PEM file of certificate authorities to trust instead of the JDK's. */
    Optional<Path> trustedCertificates();

    @WithDefault("5s")
    Duration connectTimeout();

    /** For one message, all together; well below a delivery's lease. */
    @WithDefault("15s")
    Duration timeout();

    /** How many connections to the mail server this process opens at once. */
    @WithDefault("8")
    int connections();

    /** With which key mail is signed; not signed unless set. */
    Optional<Dkim> dkim();

    /** Which TLS the mail server must speak. Its certificate is always checked. */
    enum Tls {
        OFF,
        /** STARTTLS where the server offers it. */
        OPTIONAL,
        /** STARTTLS, or no mail. */
        REQUIRED,
        /** From the first octet, usually on port 465. */
        IMPLICIT
    }

    /** A signature of the sender's domain (RFC 6376). */
    interface Dkim {

        /** The domain that signs: the sender's, or one above it. */
        String domain();

        String selector();

        /** An RSA key as PKCS #8 in base64, with or without the lines of a PEM file. */
        Optional<String> privateKey();

        /** The same in a file. */
        Optional<Path> privateKeyFile();
    }
}
