package org.lectern.chassis.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Settings of browser sessions. */
@ConfigMapping(prefix = "lectern.session")
interface SessionConfig {

    /** Whether this service has pages with a login. Fixed at build time. */
    @WithDefault("false")
    boolean enabled();

    /** Whether browsers reach this service by https. False is for a local run. */
    @WithDefault("true")
    boolean secure();

    /** Encrypts the cookies of the login; the same in all replicas. */
    Optional<String> secret();

    @WithDefault("lectern-console")
    String clientId();

    Optional<String> clientSecret();

    /** The page that follows a login. */
    @WithDefault("/")
    String home();

    /** The other service, for {@code /peer/api/v1}. */
    Optional<URI> peer();
}
