package org.lectern.notification.production;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.notification.production.DeliveryRules.Dial;
import org.lectern.notification.production.DeliveryRules.Mail;

class DeliveryRulesTest {

    private static final Mail MAIL = new Mail("mail.example.org", "Lectern <lectern@example.org>", "", "required");

    private static final Dial STRICT = new Dial(false, "", "", false, "");

    private static final String HERE = "https://lectern.example.org";

    private static final String KEYS = "2026:" + "k".repeat(43) + "=";

    @Test
    void developmentKey_isRefused() {
        assertThat(DeliveryRules.violations(MAIL, "old:bm90IGEgc2VjcmV0LCBvbmx5IGZvciBkZXZlbG9wbWU=", STRICT, HERE))
                .singleElement()
                .asString()
                .contains("lectern.secrets.keys");
    }

    @Test
    void aProperProductionMayStart() {
        assertThat(DeliveryRules.violations(MAIL, KEYS, STRICT, HERE)).isEmpty();
    }

    @Test
    void everyReasonIsSaidAtOnce() {
        assertThat(DeliveryRules.violations(
                        new Mail("localhost", "Lectern <lectern@lectern.localhost>", "here", "optional"),
                        "",
                        new Dial(true, "10.0.0.0/8", "hooks.corp", true, ""),
                        "http://localhost:8081"))
                .hasSize(8);
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
        demand("lectern.mail.from", new Mail("mail.example.org", from, "example.org", "implicit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "lectern.localhost", "box.local", "mailhost"})
    void messageIdsWithoutPublicDomain_areRefused(String domain) {
        demand(
                "lectern.mail.message-id-domain",
                new Mail("mail.example.org", "lectern@example.org", domain, "implicit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "optional", "OPTIONAL", ""})
    void mailThatMayTravelUnencrypted_isRefused(String tls) {
        demand("lectern.mail.tls", new Mail("mail.example.org", "lectern@example.org", "", tls));
    }

    @Test
    void plainHttp_isRefusedWhateverTheReason() {
        assertThat(against(new Dial(true, "", "", false, "a receiver in the same house")))
                .singleElement()
                .asString()
                .contains("lectern.outbound-http.plain-http");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, '', false, lectern.outbound-http.allowed-networks",
        "'', hooks.corp, false, lectern.outbound-http.allowed-hosts",
        "'', '', true, lectern.outbound-http.ports",
    })
    void weakenedDialRules_needAReason(String networks, String hosts, boolean anyPort, String setting) {
        assertThat(against(new Dial(false, networks, hosts, anyPort, "")))
                .singleElement()
                .asString()
                .contains(setting, "lectern.outbound-http.reason");
        assertThat(against(new Dial(false, networks, hosts, anyPort, "the branches' gateway, ticket 12")))
                .isEmpty();
    }

    @Test
    void outboundRules_areReadLikeTheService() {
        assertThat(dial(Map.of())).isEqualTo(STRICT);
        assertThat(dial(Map.of("lectern.outbound-http.plain-http", "yes")).plainHttp())
                .isTrue();
        assertThat(dial(Map.of("lectern.outbound-http.ports", "443,9443")).anyPort())
                .isFalse();
        assertThat(dial(Map.of("lectern.outbound-http.ports", "")).anyPort()).isTrue();
        assertThat(dial(Map.of("lectern.outbound-http.allowed-networks[0]", "10.0.0.0/8"))
                        .allowedNetworks())
                .isEqualTo("10.0.0.0/8");
        assertThat(dial(Map.of(
                                "lectern.outbound-http.allowed-hosts",
                                "hooks.corp",
                                "lectern.outbound-http.reason",
                                " "))
                        .reason())
                .isEmpty();
    }

    private static Dial dial(Map<String, String> settings) {
        return Dial.of(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build());
    }

    private static List<String> against(Dial dial) {
        return DeliveryRules.violations(MAIL, KEYS, dial, HERE);
    }

    private static void demand(String setting, Mail mail) {
        assertThat(DeliveryRules.violations(mail, KEYS, STRICT, HERE))
                .singleElement()
                .asString()
                .contains(setting);
    }

    @Test
    void unreachableOrUnencryptedLinks_areRefused() {
        for (String nowhere : new String[] {"", "http://lectern.example.org", "https://localhost"}) {
            assertThat(DeliveryRules.violations(MAIL, KEYS, STRICT, nowhere))
                    .singleElement()
                    .asString()
                    .contains("lectern.public-url");
        }
    }

    @Test
    void developmentKeyOfWebPush_isRefused() {
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of("lectern.web-push.private-key", "6c0iISKrHMvdMhSqYS5d2Di0V4fK-CkUXiw7Oglg9Ec"),
                        "test",
                        100))
                .build();

        assertThat(new DeliveryRules().violations(config))
                .anySatisfy(reason -> assertThat(reason).startsWith("lectern.web-push.private-key"));
    }
}
