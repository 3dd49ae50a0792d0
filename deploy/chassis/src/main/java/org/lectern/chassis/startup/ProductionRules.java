package org.lectern.chassis.startup;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** Settings that production must not have, as a pure function of the configuration. */
public final class ProductionRules {

    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1", "0.0.0.0", "");

    private ProductionRules() {}

    /**
     * Every reason not to start, each with the setting to change; empty if there is none.
     *
     * @param postgres server settings by name; missing ones are not checked
     */
    public static List<String> violations(Config config, Map<String, String> postgres, List<ProductionRule> more) {
        List<String> reasons = new ArrayList<>();
        String issuer = text(config, "quarkus.oidc.auth-server-url");
        if (issuer.isBlank()) {
            reasons.add("QUARKUS_OIDC_AUTH_SERVER_URL is not set: set it to the issuer of your identity provider");
        } else if (isForDevelopment(issuer)) {
            reasons.add("QUARKUS_OIDC_AUTH_SERVER_URL names a development identity provider (" + issuer
                    + "): use your own provider over https");
        }
        String password = text(config, "quarkus.datasource.password");
        if (password.isBlank()
                || password.equals(text(config, "quarkus.datasource.username"))
                || password.equals("postgres")) {
            reasons.add("QUARKUS_DATASOURCE_PASSWORD is empty or a default: set your own secret");
        }
        more.forEach(rule -> reasons.addAll(rule.violations(config)));
        for (String setting : DURABLE) {
            if ("off".equals(postgres.get(setting))) {
                reasons.add(
                        "PostgreSQL runs with " + setting + " = off: acknowledged changes could be lost; turn it on");
            }
        }
        return reasons;
    }

    /** Whether an address is not https or points to this machine. */
    public static boolean isForDevelopment(String address) {
        try {
            URI uri = URI.create(address);
            String host = uri.getHost() == null ? "" : uri.getHost();
            return !"https".equals(uri.getScheme()) || THIS_MACHINE.contains(host) || host.startsWith("127.");
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    /** Whether a host is empty or this machine. */
    public static boolean isThisMachine(String host) {
        return THIS_MACHINE.contains(host);
    }

    /** A setting, or an empty text if it is not set. */
    public static String text(Config config, String name) {
        return config.getOptionalValue(name, String.class).orElse("");
    }
}
