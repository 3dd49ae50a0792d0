package org.lectern.chassis.startup;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refuses an unsafe production start before anything else runs, and reports all reasons at once. The setting
 * {@code lectern.production-guard.enabled=false} disables it, but only outside the production profile.
 */
@ApplicationScoped
class ProductionGuard {

    static final String ENABLED = "lectern.production-guard.enabled";
    private static final Set<String> NOT_PRODUCTION = Set.of("local", "test", "dev");

    private final AgroalDataSource database;
    private final SmallRyeConfig config;
    private final Instance<ProductionRule> rules;

    @Inject
    ProductionGuard(AgroalDataSource database, SmallRyeConfig config, @Any Instance<ProductionRule> rules) {
        this.database = database;
        this.config = config;
        this.rules = rules;
    }

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) throws SQLException {
        boolean enabled = config.getOptionalValue(ENABLED, Boolean.class).orElse(true);
        if (LaunchMode.current() != LaunchMode.NORMAL
                || !enabled && config.getProfiles().stream().anyMatch(NOT_PRODUCTION::contains)) {
            return;
        }
        List<String> reasons =
                ProductionRules.violations(config, postgres(), rules.stream().toList());
        if (!reasons.isEmpty()) {
            throw new UnsafeProduction("The production start is refused:\n  - " + String.join("\n  - ", reasons)
                    + "\nFor a local run, use the profile `local` (deploy/local/up).");
        }
    }

    private Map<String, String> postgres() throws SQLException {
        Map<String, String> settings = new HashMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name, setting FROM pg_settings"
                        + " WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')")) {
            while (row.next()) {
                settings.put(row.getString(1), row.getString(2));
            }
        }
        return settings;
    }

    /** The start was refused. */
    static final class UnsafeProduction extends IllegalStateException {
        UnsafeProduction(String message) {
            super(message);
        }
    }
}
