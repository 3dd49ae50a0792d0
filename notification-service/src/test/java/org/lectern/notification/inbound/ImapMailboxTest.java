package org.lectern.notification.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lectern.local.FreePort;
import org.lectern.notification.inbound.ImapMailbox.Unreachable;
import org.lectern.notification.inbound.InboundDesk.Outcome;
import org.lectern.notification.support.Certificates;

class ImapMailboxTest {

    private static final Map<String, String> SET = Map.of(
            "lectern.inbound-mail.enabled", "true",
            "lectern.inbound-mail.host", "mail.example.org",
            "lectern.inbound-mail.username", "lectern",
            "lectern.inbound-mail.password", "secret");

    private static ImapMailbox with(String key, String value) {
        return with(Map.of(key, value));
    }

    private static ImapMailbox with(Map<String, String> others) {
        Map<String, String> settings = new HashMap<>(SET);
        settings.putAll(others);
        return new ImapMailbox(new SmallRyeConfigBuilder()
                .withMapping(InboundMailConfig.class)
                .withConverter(Duration.class, 300, new DurationConverter())
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(InboundMailConfig.class));
    }

    @Test
    void missingSettingIsNamed() {
        for (String key : new String[] {
            "lectern.inbound-mail.host", "lectern.inbound-mail.username", "lectern.inbound-mail.password"
        }) {
            assertThatThrownBy(() -> with(key, " "))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(key);
        }
    }

    @Test
    void unencryptedConnectionToAnotherMachineIsRefused() {
        assertThatThrownBy(() -> with("lectern.inbound-mail.tls", "none"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lectern.inbound-mail.tls");
        assertThatCode(() -> with("lectern.inbound-mail.tls", "starttls")).doesNotThrowAnyException();
    }

    @Test
    void trustedServer_isRead() throws Exception {
        try (var mail = new InboundMail(FreePort.any());
                var server = new ImapFront(Certificates.of(Certificates.LOCAL), mail.port())) {
            mail.arrives("Subject: hello\r\n\r\nbody\r\n");

            assertThat(read(server, "implicit", Certificates.local()))
                    .singleElement()
                    .asString()
                    .contains("Subject: hello");

            assertThat(server.heard()).contains("LOGIN");
            assertThat(mail.processed()).isEqualTo(1);
        }
    }

    @Test
    void serverByAnotherName_isGivenNoPassword() {
        try (var mail = new InboundMail(FreePort.any());
                var server = new ImapFront(Certificates.of(Certificates.TRUSTED), mail.port())) {
            assertThatThrownBy(() -> read(server, "implicit", Certificates.trusted()))
                    .isInstanceOf(Unreachable.class);

            assertThat(server.heard()).isEmpty();
        }
    }

    @Test
    void unknownCertificate_isGivenNoPassword() {
        try (var mail = new InboundMail(FreePort.any());
                var server = new ImapFront(Certificates.of(Certificates.LOCAL), mail.port())) {
            assertThatThrownBy(() -> read(server, "implicit", Certificates.trusted()))
                    .isInstanceOf(Unreachable.class);

            assertThat(server.heard()).isEmpty();
        }
    }

    @Test
    void serverWithoutStartTls_isGivenNoPassword() {
        try (var mail = new InboundMail(FreePort.any());
                var server = new ImapFront(null, mail.port())) {
            assertThatThrownBy(() -> read(server, "starttls", Certificates.local()))
                    .isInstanceOf(Unreachable.class);

            assertThat(server.heard()).contains("CAPABILITY").doesNotContain("LOGIN", "AUTHENTICATE");
        }
    }

    private static List<String> read(ImapFront server, String tls, Path trusted) throws Unreachable {
        List<String> read = new ArrayList<>();
        with(Map.of(
                        "lectern.inbound-mail.host",
                        "localhost",
                        "lectern.inbound-mail.port",
                        Integer.toString(server.port()),
                        "lectern.inbound-mail.username",
                        InboundMail.ADDRESS,
                        "lectern.inbound-mail.tls",
                        tls,
                        "lectern.inbound-mail.trusted-certificates",
                        trusted.toString()))
                .read(
                        (id, octets) -> {
                            read.add(new String(octets, StandardCharsets.UTF_8));
                            return Optional.of(Outcome.ANSWER);
                        },
                        Duration.ofMinutes(2));
        return read;
    }
}
