package org.lectern.notification.production;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.lectern.notification.transaction.Sql;

/**
 * Refuses to start for production with development settings, and says all reasons at once. It can be switched off by
 * {@code lectern.production-guard.enabled=false}, but only where the profile says that this is not production.
 */
@ApplicationScoped
class ProductionGuard {

    private static final Logger LOG = Logger.getLogger(ProductionGuard.class);

    private static final Set<String> NOT_PRODUCTION = Set.of("local", "test", "dev");

    private final Config config;
    private final Sql sql;

    @Inject
    ProductionGuard(Config config, Sql sql) {
        this.config = config;
        this.sql = sql;
    }

    /** First of all: nothing may have been done when it refuses. */
    void check(@Observes @Priority(1) StartupEvent event) {
        boolean wanted = config.getOptionalValue("lectern.production-guard.enabled", Boolean.class)
                .orElse(true);
        List<String> profiles = config.unwrap(SmallRyeConfig.class).getProfiles();
        if (!wanted && profiles.stream().anyMatch(NOT_PRODUCTION::contains)) {
            return;
        }
        var dial = ProductionRules.Dial.of(config);
        List<String> reasons = ProductionRules.against(
                setting("quarkus.oidc.auth-server-url"),
                setting("quarkus.datasource.password"),
                new ProductionRules.Mail(
                        setting("lectern.mail.host"),
                        setting("lectern.mail.from"),
                        setting("lectern.mail.message-id-domain"),
                        setting("lectern.mail.tls")),
                setting("lectern.secrets.keys"),
                dial,
                setting("lectern.public-url"),
                durability());
        if (!reasons.isEmpty()) {
            throw new UnfitForProduction(reasons);
        }
        if (!dial.weakened().isEmpty()) {
            LOG.warnf(
                    "Branches can have internal addresses called: %s. The reason given: %s",
                    dial.weakened(), dial.reason());
        }
    }

    private String setting(String name) {
        return config.getOptionalValue(name, String.class).orElse("");
    }

    private Map<String, String> durability() {
        Map<String, String> settings = new LinkedHashMap<>();
        sql.list("""
                        SELECT name, setting FROM pg_settings
                        WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')""", row -> Map.entry(row.text("name"), row.text("setting")))
                .forEach(setting -> settings.put(setting.getKey(), setting.getValue()));
        return settings;
    }

    /** The service would run, but not as production needs it. */
    static final class UnfitForProduction extends IllegalStateException {
        UnfitForProduction(List<String> reasons) {
            super("This is no production setting (profile local, test or dev allows it): "
                    + String.join("; ", reasons));
        }
    }
}
