package org.lectern.notification.production;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProductionRulesTest {

    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    @Test
    void aProperProductionMayStart() {
        assertThat(ProductionRules.against("https://id.example.org/lectern", "k3y", "mail.example.org", DURABLE))
                .isEmpty();
    }

    @Test
    void everyReasonIsSaidAtOnce() {
        assertThat(ProductionRules.against(
                        "http://localhost:8090/lectern",
                        "notification",
                        "localhost",
                        Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off")))
                .hasSize(6);
    }

    @Test
    void anUnencryptedIssuerIsForDevelopment() {
        assertThat(ProductionRules.against("http://id.example.org", "k3y", "mail.example.org", DURABLE))
                .singleElement()
                .asString()
                .contains("auth-server-url");
        assertThat(ProductionRules.against("https://127.0.0.1/x", "k3y", "mail.example.org", DURABLE))
                .hasSize(1);
    }

    @Test
    void commitsThatDoNotWaitForTheDiskAreRefused() {
        assertThat(ProductionRules.against(
                        "https://id.example.org", "k3y", "mail.example.org", Map.of("synchronous_commit", "off")))
                .singleElement()
                .asString()
                .contains("synchronous_commit");
    }
}
