package org.lectern.chassis.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.chassis.session.SessionRules;

/** A service with pages does not start in production with session settings of a local run. */
class SessionRulesTest {

    private static final Map<String, String> SAFE = Map.of(
            "lectern.session.enabled", "true",
            "lectern.session.secret", "5b1f9f0c7a6d4e3b8c2a1d0e9f8b7a6c",
            "lectern.session.client-secret", "of-the-provider");

    private static List<String> violations(Map<String, String> settings) {
        return new SessionRules()
                .violations(new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(settings, "test", 100))
                        .build());
    }

    @Test
    void safeSettings_pass() {
        assertThat(violations(SAFE)).isEmpty();
    }

    @Test
    void serviceWithoutPages_needsNone() {
        assertThat(violations(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "lectern.session.secret, '', LECTERN_SESSION_SECRET",
        "lectern.session.secret, short, LECTERN_SESSION_SECRET",
        "lectern.session.secret, local-secret-of-development-and-tests, LECTERN_SESSION_SECRET",
        "lectern.session.client-secret, '', LECTERN_SESSION_CLIENT_SECRET",
        "lectern.session.client-secret, local-secret, LECTERN_SESSION_CLIENT_SECRET",
        "lectern.session.secure, false, LECTERN_SESSION_SECURE"
    })
    void unsafeSetting_isRefused(String name, String value, String reason) {
        Map<String, String> settings = new HashMap<>(SAFE);
        settings.put(name, value);
        assertThat(violations(settings)).singleElement().asString().contains(reason);
    }
}
