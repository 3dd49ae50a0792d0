package org.lectern.chassis.session;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.lectern.chassis.startup.ProductionRule;
import org.lectern.chassis.startup.ProductionRules;

/** What a production start of a service with pages must not have. */
@ApplicationScoped
public class SessionRules implements ProductionRule {

    private static final int SHORTEST_SECRET = 32;
    private static final String DEFAULTS = "local-";

    @Override
    public List<String> violations(Config config) {
        List<String> reasons = new ArrayList<>();
        if (!config.getOptionalValue("lectern.session.enabled", Boolean.class).orElse(false)) {
            return reasons;
        }
        String secret = ProductionRules.text(config, "lectern.session.secret");
        if (secret.length() < SHORTEST_SECRET || secret.startsWith(DEFAULTS)) {
            reasons.add("LECTERN_SESSION_SECRET is missing, shorter than " + SHORTEST_SECRET
                    + " characters or a default: set a random one, the same for all replicas");
        }
        String client = ProductionRules.text(config, "lectern.session.client-secret");
        if (client.isBlank() || client.startsWith(DEFAULTS)) {
            reasons.add("LECTERN_SESSION_CLIENT_SECRET is missing or a default: set the secret of the client"
                    + " at your identity provider");
        }
        if (!config.getOptionalValue("lectern.session.secure", Boolean.class).orElse(true)) {
            reasons.add("LECTERN_SESSION_SECURE is false: browsers must reach the pages by https");
        }
        return reasons;
    }
}
