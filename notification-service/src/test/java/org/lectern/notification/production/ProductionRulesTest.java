package org.lectern.notification.production;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProductionRulesTest {

    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private static final String HERE = "https://lectern.example.org";

    private static final String KEYS = "2026:" + "k".repeat(43) + "=";

    @Test
    void theDevelopmentKeyIsKnownToEverybody() {
        assertThat(ProductionRules.against(
                        "https://id.example.org",
                        "k3y",
                        "mail.example.org",
                        "old:bm90IGEgc2VjcmV0LCBvbmx5IGZvciBkZXZlbG9wbWU=",
                        "encrypted",
                        HERE,
                        DURABLE))
                .singleElement()
                .asString()
                .contains("lectern.secrets.keys");
    }

    @Test
    void aProperProductionMayStart() {
        assertThat(ProductionRules.against(
                        "https://id.example.org/lectern", "k3y", "mail.example.org", KEYS, "encrypted", HERE, DURABLE))
                .isEmpty();
    }

    @Test
    void everyReasonIsSaidAtOnce() {
        assertThat(ProductionRules.against(
                        "http://localhost:8090/lectern",
                        "notification",
                        "localhost",
                        "",
                        "plain",
                        "http://localhost:8081",
                        Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off")))
                .hasSize(9);
    }

    @Test
    void anUnencryptedIssuerIsForDevelopment() {
        assertThat(ProductionRules.against(
                        "http://id.example.org", "k3y", "mail.example.org", KEYS, "encrypted", HERE, DURABLE))
                .singleElement()
                .asString()
                .contains("auth-server-url");
        assertThat(ProductionRules.against(
                        "https://127.0.0.1/x", "k3y", "mail.example.org", KEYS, "encrypted", HERE, DURABLE))
                .hasSize(1);
    }

    @Test
    void commitsThatDoNotWaitForTheDiskAreRefused() {
        assertThat(ProductionRules.against(
                        "https://id.example.org",
                        "k3y",
                        "mail.example.org",
                        KEYS,
                        "encrypted",
                        HERE,
                        Map.of("synchronous_commit", "off")))
                .singleElement()
                .asString()
                .contains("synchronous_commit");
    }

    @Test
    void linksThatNobodyCanOpenOrThatTravelUnencryptedAreRefused() {
        for (String nowhere : new String[] {"", "http://lectern.example.org", "https://localhost"}) {
            assertThat(ProductionRules.against(
                            "https://id.example.org", "k3y", "mail.example.org", KEYS, "encrypted", nowhere, DURABLE))
                    .singleElement()
                    .asString()
                    .contains("lectern.public-url");
        }
    }
}
