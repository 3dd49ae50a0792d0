package org.lectern.notification.channel.email;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the mail server and the sender. */
@ConfigMapping(prefix = "lectern.mail")
interface MailConfig {

    @WithDefault("localhost")
    String host();

    @WithDefault("25")
    int port();

    /** The sender, as {@code Name <address>}. */
    @WithDefault("Lectern <lectern@lectern.localhost>")
    String from();

    /** The address for replies; the sender unless set. */
    Optional<String> replyTo();

    /** The right-hand side of message ids; the sender's domain unless set. */
    Optional<String> messageIdDomain();

    /** The name of this service in EHLO; the sender's domain unless set. */
    Optional<String> ehloName();

    @WithDefault("optional")
    Tls tls();

    Optional<String> username();

    Optional<String> password();

    /** A PEM file of certificate authorities to trust instead of the JDK's. */
    Optional<Path> trustedCertificates();

    @WithDefault("5s")
    Duration connectTimeout();

    /** The time limit for one message in total; must be well below a delivery's lease. */
    @WithDefault("15s")
    Duration timeout();

    /** The largest number of concurrent connections from this process to the mail server. */
    @WithDefault("8")
    int connections();

    /** The DKIM key; mail is not signed unless set. */
    Optional<Dkim> dkim();

    /** The required TLS mode of the mail server. Its certificate is always verified. */
    enum Tls {
        OFF,
        /** STARTTLS where the server offers it. */
        OPTIONAL,
        /** STARTTLS, or no mail. */
        REQUIRED,
        /** TLS from the first octet, usually on port 465. */
        IMPLICIT
    }

    /** A DKIM signature of the sender's domain (RFC 6376). */
    interface Dkim {

        /** The signing domain: the sender's domain, or a parent domain. */
        String domain();

        String selector();

        /** An RSA key as PKCS #8 in base64, with or without PEM header lines. */
        Optional<String> privateKey();

        /** The same key in a file. */
        Optional<Path> privateKeyFile();
    }
}
