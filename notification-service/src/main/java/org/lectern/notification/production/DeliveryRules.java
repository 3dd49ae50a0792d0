package org.lectern.notification.production;

import static org.lectern.chassis.startup.ProductionRules.text;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.lectern.chassis.startup.ProductionRule;
import org.lectern.chassis.startup.ProductionRules;

/** This service's production rules, in addition to the common ones: safe settings for mail, secrets and calls. */
@ApplicationScoped
public class DeliveryRules implements ProductionRule {

    private static final Logger LOG = Logger.getLogger(DeliveryRules.class);

    private static final String DEVELOPMENT_KEY = "bm90IGEgc2VjcmV0LCBvbmx5IGZvciBkZXZlbG9wbWU=";

    private static final String DEVELOPMENT_PUSH_KEY = "6c0iISKrHMvdMhSqYS5d2Di0V4fK-CkUXiw7Oglg9Ec";

    private static final Set<String> ENCRYPTED = Set.of("required", "implicit");

    /**
     * The mail settings: the values of {@code lectern.mail}.
     *
     * @param messageIdDomain empty for the domain of {@code from}
     */
    public record Mail(String host, String from, String messageIdDomain, String tls) {

        @Override
        public String toString() {
            return "mail by " + host;
        }
    }

    /**
     * The rules for calls: the values of {@code lectern.outbound-http}.
     *
     * @param allowedNetworks empty for none
     * @param allowedHosts empty for none
     * @param anyPort whether the list of ports is empty
     * @param reason the reason for weakened rules; empty for none
     */
    public record Dial(boolean plainHttp, String allowedNetworks, String allowedHosts, boolean anyPort, String reason) {

        public static Dial of(Config config) {
            String ports = config.getConfigValue("lectern.outbound-http.ports").getValue();
            return new Dial(
                    config.getOptionalValue("lectern.outbound-http.plain-http", Boolean.class)
                            .orElse(false),
                    all(config, "lectern.outbound-http.allowed-networks"),
                    all(config, "lectern.outbound-http.allowed-hosts"),
                    ports != null && ports.isBlank(),
                    config.getOptionalValue("lectern.outbound-http.reason", String.class)
                            .orElse("")
                            .strip());
        }

        /** A list in either form: comma-separated or indexed. */
        private static String all(Config config, String name) {
            return config.unwrap(SmallRyeConfig.class)
                    .getOptionalValues(name, String.class, ArrayList::new)
                    .map(values -> String.join(",", values))
                    .orElse("");
        }

        /** The settings that let this service call its own network. */
        List<String> weakened() {
            List<String> weakened = new ArrayList<>();
            if (!allowedNetworks.isEmpty()) {
                weakened.add("lectern.outbound-http.allowed-networks");
            }
            if (!allowedHosts.isEmpty()) {
                weakened.add("lectern.outbound-http.allowed-hosts");
            }
            if (anyPort) {
                weakened.add("lectern.outbound-http.ports (any)");
            }
            return weakened;
        }
    }

    @Override
    public List<String> violations(Config config) {
        List<String> reasons = new ArrayList<>(violations(
                new Mail(
                        text(config, "lectern.mail.host"),
                        text(config, "lectern.mail.from"),
                        text(config, "lectern.mail.message-id-domain"),
                        text(config, "lectern.mail.tls")),
                text(config, "lectern.secrets.keys"),
                Dial.of(config),
                text(config, "lectern.public-url")));
        if (text(config, "lectern.web-push.private-key").equals(DEVELOPMENT_PUSH_KEY)) {
            reasons.add("lectern.web-push.private-key is the development key: create a key pair of your own");
        }
        return reasons;
    }

    /** Warns operators at each start that calls into the own network are allowed. */
    void warn(@Observes StartupEvent event, Config config) {
        Dial dial = Dial.of(config);
        if (!dial.weakened().isEmpty()) {
            LOG.warnf(
                    "Endpoints of branches may call internal addresses: %s. Reason: %s",
                    dial.weakened(), dial.reason());
        }
    }

    /**
     * All reasons that prevent the start.
     *
     * @param secretKeys {@code lectern.secrets.keys}
     * @param publicUrl {@code lectern.public-url}
     */
    static List<String> violations(Mail mail, String secretKeys, Dial dial, String publicUrl) {
        List<String> reasons = new ArrayList<>();
        against(mail, reasons);
        if (secretKeys.isBlank() || secretKeys.contains(DEVELOPMENT_KEY)) {
            reasons.add(
                    "lectern.secrets.keys is empty or the development key: set your own key, else secrets are readable");
        }
        if (dial.plainHttp()) {
            reasons.add("lectern.outbound-http.plain-http is true: webhooks would be unencrypted; set it to false");
        }
        if (dial.reason().isEmpty() && !dial.weakened().isEmpty()) {
            reasons.add(
                    String.join(", ", dial.weakened())
                            + " allow calls of internal addresses: remove them, or give a reason in lectern.outbound-http.reason");
        }
        if (ProductionRules.isForDevelopment(publicUrl)) {
            reasons.add("lectern.public-url must be the https address where branches reach this service");
        }
        return reasons;
    }

    private static void against(Mail mail, List<String> reasons) {
        if (ProductionRules.isThisMachine(mail.host())) {
            reasons.add("lectern.mail.host must be a mail server");
        }
        String address = mail.from().replaceAll("(?s).*<|>\\s*$", "").strip();
        if (!isPublic(address.substring(address.lastIndexOf('@') + 1))) {
            reasons.add("lectern.mail.from must have a public domain: receivers refuse other mail");
        }
        if (!mail.messageIdDomain().isEmpty() && !isPublic(mail.messageIdDomain())) {
            reasons.add("lectern.mail.message-id-domain must be a public domain");
        }
        if (!ENCRYPTED.contains(mail.tls().toLowerCase(Locale.ROOT))) {
            reasons.add("lectern.mail.tls must be required or implicit: mail and password could be sent unencrypted");
        }
    }

    /** Whether a domain can be public, not the name of a machine or of a home network. */
    private static boolean isPublic(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        return name.contains(".")
                && !name.endsWith(".")
                && !name.endsWith(".localhost")
                && !name.endsWith(".localdomain")
                && !name.endsWith(".local");
    }
}
