package org.lectern.notification.production;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What may not be in production, as a pure function of what is set. */
public final class ProductionRules {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1", "0.0.0.0", "");
    private static final String DEFAULT_PASSWORD = "notification";

    private static final String DEVELOPMENT_KEY = "bm90IGEgc2VjcmV0LCBvbmx5IGZvciBkZXZlbG9wbWU=";

    private ProductionRules() {}

    /**
     * What speaks against a production start.
     *
     * @param secretKeys {@code lectern.secrets.keys}
     * @param dialling {@code plain} if receivers may be called without encryption
     * @param publicUrl {@code lectern.public-url}
     * @param durability PostgreSQL's settings {@code fsync}, {@code synchronous_commit} and {@code full_page_writes}
     */
    public static List<String> against(
            String issuer,
            String databasePassword,
            String mailHost,
            String secretKeys,
            String dialling,
            String publicUrl,
            Map<String, String> durability) {
        List<String> reasons = new ArrayList<>();
        if (isForDevelopment(issuer)) {
            reasons.add("quarkus.oidc.auth-server-url names a development identity provider (unencrypted or local)");
        }
        if (databasePassword.isEmpty() || databasePassword.equals(DEFAULT_PASSWORD)) {
            reasons.add("quarkus.datasource.password is the default one, or none");
        }
        if (THIS_MACHINE.contains(mailHost)) {
            reasons.add("quarkus.mailer.host is not set to a mail server");
        }
        if (secretKeys.isBlank() || secretKeys.contains(DEVELOPMENT_KEY)) {
            reasons.add("lectern.secrets.keys is the development key, or none: secrets would be readable");
        }
        if (dialling.equals("plain")) {
            reasons.add("lectern.dial.plain-http lets alerts go out unencrypted");
        }
        if (isForDevelopment(publicUrl)) {
            reasons.add("lectern.public-url is not the https address where branches reach this service");
        }
        durability.entrySet().stream()
                .filter(setting -> setting.getValue().equals("off"))
                .map(setting -> "PostgreSQL runs with " + setting.getKey() + "=off and may lose what was acknowledged")
                .sorted()
                .forEach(reasons::add);
        return reasons;
    }

    private static boolean isForDevelopment(String address) {
        try {
            URI uri = URI.create(address);
            String host = uri.getHost() == null ? "" : uri.getHost();
            return !"https".equals(uri.getScheme()) || THIS_MACHINE.contains(host) || host.startsWith("127.");
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
