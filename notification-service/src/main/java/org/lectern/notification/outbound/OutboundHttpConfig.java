package org.lectern.notification.outbound;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of calls on behalf of branches. */
@ConfigMapping(prefix = "lectern.outbound-http")
interface OutboundHttpConfig {

    /** Whether addresses may be {@code http}, for development only. */
    @WithDefault("false")
    boolean plainHttp();

    /** Allowed ports; empty for any, for development only. */
    @WithDefault("443,8443")
    Optional<List<Integer>> ports();

    /** Networks that may be called although they are not public, as CIDR. */
    Optional<List<String>> allowedNetworks();

    /** Public networks that may not be called, as CIDR: the cluster's own. */
    Optional<List<String>> deniedNetworks();

    /** Host names that may be called although they look internal. */
    Optional<List<String>> allowedHosts();

    /** The reason for weakened rules; production does not start with weakened rules and no reason. */
    Optional<String> reason();

    /** A PEM file of additional certificate authorities, for receivers with a private one. */
    Optional<Path> trustedCertificates();

    /** The timeout for resolving a name, and for connecting. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** The timeout of a whole call; must be well below a delivery's lease. */
    @WithDefault("15s")
    Duration timeout();
}
