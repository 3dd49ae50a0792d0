package org.lectern.scheduler.production;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lectern.scheduler.production.ProductionRules.Settings;

/** Refuses a production start that is not safe, with all reasons at once. Other profiles than local ones cannot switch it off. */
@ApplicationScoped
class ProductionGuard {

    private final AgroalDataSource database;
    private static final Set<String> NOT_PRODUCTION = Set.of("local", "test", "dev");

    private final boolean enabled;
    private final SmallRyeConfig config;
    private final Optional<String> issuer;
    private final Optional<String> user;
    private final Optional<String> password;

    @Inject
    ProductionGuard(
            AgroalDataSource database,
            SmallRyeConfig config,
            @ConfigProperty(name = "lectern.production-guard.enabled", defaultValue = "true") boolean enabled,
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> issuer,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.database = database;
        this.config = config;
        this.enabled = enabled;
        this.issuer = issuer;
        this.user = user;
        this.password = password;
    }

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) throws SQLException {
        if (LaunchMode.current() != LaunchMode.NORMAL
                || !enabled && config.getProfiles().stream().anyMatch(NOT_PRODUCTION::contains)) {
            return;
        }
        var settings = new Settings(issuer.orElse(""), user.orElse(""), password.orElse(""), postgres());
        List<String> reasons = ProductionRules.violations(settings);
        if (!reasons.isEmpty()) {
            throw new UnsafeProduction("This is no safe production start:\n  - " + String.join("\n  - ", reasons)
                    + "\nFor a local run use the profile `local` (deploy/local/up).");
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
