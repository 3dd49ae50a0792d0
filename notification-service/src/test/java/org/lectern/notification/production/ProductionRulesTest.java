package org.lectern.notification.production;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.notification.production.ProductionRules.Mail;

class ProductionRulesTest {

    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private static final Mail MAIL =
            new Mail("mail.example.org", "Lectern <lectern@example.org>", "", "required", "k3y");

    private static final String HERE = "https://lectern.example.org";

    private static final String KEYS = "2026:" + "k".repeat(43) + "=";

    @Test
    void theDevelopmentKeyIsKnownToEverybody() {
        assertThat(ProductionRules.against(
                        "https://id.example.org",
                        "k3y",
                        MAIL,
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
                        "https://id.example.org/lectern", "k3y", MAIL, KEYS, "encrypted", HERE, DURABLE))
                .isEmpty();
    }

    @Test
    void everyReasonIsSaidAtOnce() {
        assertThat(ProductionRules.against(
                        "http://localhost:8090/lectern",
                        "notification",
                        new Mail("localhost", "Lectern <lectern@lectern.localhost>", "here", "optional", "s3cret"),
                        "",
                        "plain",
                        "http://localhost:8081",
                        Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off")))
                .hasSize(12);
    }

    @Test
    void anUnencryptedIssuerIsForDevelopment() {
        assertThat(ProductionRules.against("http://id.example.org", "k3y", MAIL, KEYS, "encrypted", HERE, DURABLE))
                .singleElement()
                .asString()
                .contains("auth-server-url");
        assertThat(ProductionRules.against("https://127.0.0.1/x", "k3y", MAIL, KEYS, "encrypted", HERE, DURABLE))
                .hasSize(1);
    }

    @Test
    void commitsThatDoNotWaitForTheDiskAreRefused() {
        assertThat(ProductionRules.against(
                        "https://id.example.org",
                        "k3y",
                        MAIL,
                        KEYS,
                        "encrypted",
                        HERE,
                        Map.of("synchronous_commit", "off")))
                .singleElement()
                .asString()
                .contains("synchronous_commit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lectern@localhost",
                "Lectern <lectern@lectern.localhost>",
                "讲座 <lectern@box.local>",
                "Lectern <lectern@mailhost>",
                "Lectern <lectern@Lectern.LOCALHOST>",
                ""
            })
    void senderWithoutPublicDomain_isRefused(String from) {
        demand("lectern.mail.from", new Mail("mail.example.org", from, "example.org", "implicit", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "lectern.localhost", "box.local", "mailhost"})
    void messageIdsWithoutPublicDomain_areRefused(String domain) {
        demand(
                "lectern.mail.message-id-domain",
                new Mail("mail.example.org", "lectern@example.org", domain, "implicit", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "optional", "OPTIONAL", ""})
    void passwordThatMayTravelUnencrypted_isRefused(String tls) {
        demand("lectern.mail.tls", new Mail("mail.example.org", "lectern@example.org", "", tls, "k3y"));
    }

    private static void demand(String setting, Mail mail) {
        assertThat(ProductionRules.against("https://id.example.org", "k3y", mail, KEYS, "encrypted", HERE, DURABLE))
                .singleElement()
                .asString()
                .contains(setting);
    }

    @Test
    void linksThatNobodyCanOpenOrThatTravelUnencryptedAreRefused() {
        for (String nowhere : new String[] {"", "http://lectern.example.org", "https://localhost"}) {
            assertThat(ProductionRules.against(
                            "https://id.example.org", "k3y", MAIL, KEYS, "encrypted", nowhere, DURABLE))
                    .singleElement()
                    .asString()
                    .contains("lectern.public-url");
        }
    }
}
