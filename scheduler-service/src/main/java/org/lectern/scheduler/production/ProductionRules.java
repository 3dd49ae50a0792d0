package org.lectern.scheduler.production;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rules of a production start: pure, so that each can be shown to refuse. */
public final class ProductionRules {

    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");

    private ProductionRules() {}

    /** What the rules look at. */
    public record Settings(
            String identityIssuer, String databaseUser, String databasePassword, Map<String, String> postgres) {}

    /** Every reason not to start, each with the setting to change; none means that nothing speaks against it. */
    public static List<String> violations(Settings settings) {
        List<String> reasons = new ArrayList<>();
        if (settings.identityIssuer().isBlank()) {
            reasons.add("there is no identity provider: set QUARKUS_OIDC_AUTH_SERVER_URL");
        } else if (isDevelopmentIdentity(settings.identityIssuer())) {
            reasons.add("QUARKUS_OIDC_AUTH_SERVER_URL names a development identity provider ("
                    + settings.identityIssuer() + "): anyone could be an organizer; use your own over https");
        }
        String password = settings.databasePassword();
        if (password.isBlank() || password.equals(settings.databaseUser()) || password.equals("postgres")) {
            reasons.add("QUARKUS_DATASOURCE_PASSWORD is empty or the default: set a secret of your own");
        }
        for (String setting : DURABLE) {
            if ("off".equals(settings.postgres().get(setting))) {
                reasons.add(
                        "PostgreSQL runs with " + setting + " = off: acknowledged bookings could be lost; turn it on");
            }
        }
        return reasons;
    }

    private static boolean isDevelopmentIdentity(String issuer) {
        try {
            URI uri = URI.create(issuer);
            String host = uri.getHost() == null ? "" : uri.getHost();
            return !"https".equals(uri.getScheme())
                    || host.equals("localhost")
                    || host.startsWith("127.")
                    || host.equals("[::1]");
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
