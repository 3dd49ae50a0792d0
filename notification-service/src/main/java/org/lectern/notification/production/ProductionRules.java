package org.lectern.notification.production;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What may not be in production, as a pure function of what is set. */
public final class ProductionRules {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1", "0.0.0.0", "");
    private static final String DEFAULT_PASSWORD = "notification";

    private static final String DEVELOPMENT_KEY = "bm90IGEgc2VjcmV0LCBvbmx5IGZvciBkZXZlbG9wbWU=";

    private static final Set<String> ENCRYPTED = Set.of("required", "implicit");

    private ProductionRules() {}

    /**
     * How mail is sent: the values of {@code lectern.mail}.
     *
     * @param messageIdDomain empty for the domain of {@code from}
     * @param password empty for none
     */
    public record Mail(String host, String from, String messageIdDomain, String tls, String password) {

        @Override
        public String toString() {
            return "mail by " + host;
        }
    }

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
            Mail mail,
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
        against(mail, reasons);
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

    private static void against(Mail mail, List<String> reasons) {
        if (THIS_MACHINE.contains(mail.host())) {
            reasons.add("lectern.mail.host is not set to a mail server");
        }
        String address = mail.from().replaceAll("(?s).*<|>\\s*$", "").strip();
        if (!isPublic(address.substring(address.lastIndexOf('@') + 1))) {
            reasons.add("lectern.mail.from has no public domain: receivers refuse such mail");
        }
        if (!mail.messageIdDomain().isEmpty() && !isPublic(mail.messageIdDomain())) {
            reasons.add("lectern.mail.message-id-domain is not a public domain");
        }
        if (!mail.password().isEmpty() && !ENCRYPTED.contains(mail.tls().toLowerCase(Locale.ROOT))) {
            reasons.add("lectern.mail.tls is neither required nor implicit: the password could travel unencrypted");
        }
    }

    /** Whether a domain can be one that others know, and not the name of a machine or of a network at home. */
    private static boolean isPublic(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        return name.contains(".")
                && !name.endsWith(".")
                && !name.endsWith(".localhost")
                && !name.endsWith(".localdomain")
                && !name.endsWith(".local");
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
