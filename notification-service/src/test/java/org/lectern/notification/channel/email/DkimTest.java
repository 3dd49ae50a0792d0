package org.lectern.notification.channel.email;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.PublicKeyRecordRetriever;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.notification.support.Tokens;

/** Whoever gets our mail can prove that it is ours: signed by us, verified by another library (RFC 6376). */
@ServiceTest
@TestProfile(DkimTest.Signing.class)
class DkimTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final KeyPair KEYS = keys();

    /** Has a key to sign with, as from the environment. */
    public static final class Signing implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.mailer.dkim.enabled",
                    "true",
                    "quarkus.mailer.dkim.selector",
                    "lectures",
                    "quarkus.mailer.dkim.sdid",
                    "example.org",
                    "quarkus.mailer.dkim.private-key",
                    Base64.getEncoder().encodeToString(KEYS.getPrivate().getEncoded()));
        }
    }

    @BeforeEach
    void mailIsUpWhereThisApplicationLooksForIt() {
        MailServer.down();
        MailServer.up();
    }

    @AfterEach
    void theNextApplicationLooksElsewhere() {
        MailServer.down();
    }

    @Test
    void aMailWithItsCalendarPartBearsASignatureThatHoldsForItAndForNothingElse() throws Exception {
        String address = UUID.randomUUID() + "@example.org";
        UUID branch = Scheduler.branch("DKM-" + UUID.randomUUID(), null, "zh-CN");
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.organizer())
                        .contentType(ContentType.JSON)
                        .body("{\"channel\":\"email\",\"address\":\"" + address + "\"}")
                        .post("/api/v1/branches/" + branch + "/endpoints")
                        .then()
                        .statusCode(201));
        Scheduler.send(Scheduler.confirmed(branch, 72));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(MailServer.received(address)).hasSize(1));
        MimeMessage mail = MailServer.received(address).getFirst();
        var out = new ByteArrayOutputStream();
        mail.writeTo(out);
        String sent = out.toString(StandardCharsets.US_ASCII);

        assertThat(verified(sent)).singleElement().satisfies(signature -> {
            assertThat(signature.getDToken().toString()).isEqualTo("example.org");
            assertThat(signature.getHeaders().toString().toLowerCase(Locale.ROOT))
                    .contains("from", "to", "subject");
        });
        int inTheLastPart = sent.lastIndexOf("text/calendar") + 200;
        char there = sent.charAt(inTheLastPart);
        String forged =
                sent.substring(0, inTheLastPart) + (there == 'A' ? 'B' : 'A') + sent.substring(inTheLastPart + 1);
        assertThatThrownBy(() -> verified(forged)).isInstanceOf(FailException.class);
    }

    private static List<SignatureRecord> verified(String mail) throws Exception {
        PublicKeyRecordRetriever dns = (method, selector, domain) -> {
            assertThat(selector + "._domainkey." + domain).isEqualTo("lectures._domainkey.example.org");
            return List.of("v=DKIM1; k=rsa; p="
                    + Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded()));
        };
        return new DKIMVerifier(dns).verify(new ByteArrayInputStream(mail.getBytes(StandardCharsets.US_ASCII)));
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
