package org.lectern.notification.inbound;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImapMailboxTest {

    private static final Map<String, String> SET = Map.of(
            "lectern.inbound.enabled", "true",
            "lectern.inbound.host", "mail.example.org",
            "lectern.inbound.username", "lectern",
            "lectern.inbound.password", "secret");

    private static ImapMailbox with(String key, String value) {
        Map<String, String> settings = new HashMap<>(SET);
        settings.put(key, value);
        return new ImapMailbox(new SmallRyeConfigBuilder()
                .withMapping(InboundConfig.class)
                .withConverter(Duration.class, 300, new DurationConverter())
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(InboundConfig.class));
    }

    @Test
    void missingSettingIsNamed() {
        for (String key :
                new String[] {"lectern.inbound.host", "lectern.inbound.username", "lectern.inbound.password"}) {
            assertThatThrownBy(() -> with(key, " "))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(key);
        }
    }

    @Test
    void unencryptedConnectionToAnotherMachineIsRefused() {
        assertThatThrownBy(() -> with("lectern.inbound.tls", "none"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lectern.inbound.tls");
        assertThatCode(() -> with("lectern.inbound.tls", "starttls")).doesNotThrowAnyException();
    }
}
