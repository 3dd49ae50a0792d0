package org.lectern.notification.outbound;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whom this service may call on a branch's behalf. */
@ConfigMapping(prefix = "lectern.dial")
interface DialConfig {

    /** Whether addresses may be {@code http}, for development only. */
    @WithDefault("false")
    boolean plainHttp();

    /** The ports that may be called; empty for any, for development only. */
    @WithDefault("443,8443")
    Optional<List<Integer>> ports();

    /** Networks that may be called although they are not public, as CIDR. */
    Optional<List<String>> allowedNetworks();

    /** Networks that may not be called although they are public, as CIDR: the cluster's own. */
    Optional<List<String>> deniedNetworks();

    /** Names that may be called although they look like our own machines' names. */
    Optional<List<String>> allowedHosts();

    /** Why the rules are weaker than by default; production does not start with weaker rules and no reason. */
    Optional<String> reason();

    /** A PEM file of further certificate authorities, for receivers within a private one. */
    Optional<Path> trustedCertificates();

    /** How long a name may take to resolve, and a connection to be made. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** How long everything may take together; well below a delivery's lease. */
    @WithDefault("15s")
    Duration timeout();
}
