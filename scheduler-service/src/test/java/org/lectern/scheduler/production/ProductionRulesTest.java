package org.lectern.scheduler.production;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.production.ProductionRules.Settings;

/** A production start is refused for each unsafe setting, and for no safe one. */
class ProductionRulesTest {

    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private static Settings settings(String issuer, String password, Map<String, String> postgres) {
        return new Settings(issuer, "scheduler", password, postgres);
    }

    @Test
    void safeSettingsPass() {
        assertThat(ProductionRules.violations(
                        settings("https://id.city.example/realms/lectern", "a long secret", DURABLE)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://localhost:18080/lectern",
                "https://localhost/lectern",
                "https://127.0.0.1/x",
                "http://id.city.example/x",
                "nonsense"
            })
    void developmentIdentityIsRefused(String issuer) {
        assertThat(ProductionRules.violations(settings(issuer, "a long secret", DURABLE)))
                .singleElement()
                .asString()
                .contains("QUARKUS_OIDC_AUTH_SERVER_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "scheduler", "postgres"})
    void defaultPasswordsAreRefused(String password) {
        assertThat(ProductionRules.violations(settings("https://id.city.example", password, DURABLE)))
                .singleElement()
                .asString()
                .contains("QUARKUS_DATASOURCE_PASSWORD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes"})
    void aDatabaseThatCanForgetIsRefused(String setting) {
        assertThat(ProductionRules.violations(
                        settings("https://id.city.example", "a long secret", Map.of(setting, "off"))))
                .singleElement()
                .asString()
                .contains(setting);
    }

    @Test
    void allReasonsAreGivenAtOnce() {
        assertThat(ProductionRules.violations(settings("", "", Map.of("fsync", "off"))))
                .hasSize(3);
    }
}
