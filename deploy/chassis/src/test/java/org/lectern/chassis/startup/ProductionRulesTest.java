package org.lectern.chassis.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A production start is refused for each unsafe setting, and for no safe one. */
class ProductionRulesTest {

    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private static List<String> violations(String issuer, String password, Map<String, String> postgres) {
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "quarkus.oidc.auth-server-url", issuer,
                                "quarkus.datasource.username", "someone",
                                "quarkus.datasource.password", password),
                        "test",
                        100))
                .build();
        return ProductionRules.violations(config, postgres, List.of());
    }

    @Test
    void safeSettingsPass() {
        assertThat(violations("https://id.city.example/realms/lectern", "a long secret", DURABLE))
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
        assertThat(violations(issuer, "a long secret", DURABLE))
                .singleElement()
                .asString()
                .contains("QUARKUS_OIDC_AUTH_SERVER_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "someone", "postgres"})
    void defaultPasswordsAreRefused(String password) {
        assertThat(violations("https://id.city.example", password, DURABLE))
                .singleElement()
                .asString()
                .contains("QUARKUS_DATASOURCE_PASSWORD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes"})
    void aDatabaseThatCanForgetIsRefused(String setting) {
        assertThat(violations("https://id.city.example", "a long secret", Map.of(setting, "off")))
                .singleElement()
                .asString()
                .contains(setting);
    }

    @Test
    void allReasons_areGivenAtOnce() {
        assertThat(violations("", "", Map.of("fsync", "off"))).hasSize(3);
    }
}
