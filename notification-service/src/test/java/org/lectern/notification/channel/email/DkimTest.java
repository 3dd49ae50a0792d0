package org.lectern.notification.channel.email;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** The service signs what it sends with the configured key. */
@ServiceTest
@TestProfile(DkimTest.Signing.class)
class DkimTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    /** A signing key, as from the environment. */
    public static final class Signing implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "lectern.mail.dkim.selector",
                    "lectures",
                    "lectern.mail.dkim.domain",
                    "example.org",
                    "lectern.mail.dkim.private-key",
                    Base64.getEncoder()
                            .encodeToString(DkimSignerTest.KEYS.getPrivate().getEncoded()));
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
    void sentMailBearsValidSignature() throws Exception {
        String address = UUID.randomUUID() + "@example.org";
        UUID branch = Scheduler.branch("DKM-" + UUID.randomUUID(), null, "zh-CN");
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.organizer())
                        .contentType(ContentType.JSON)
                        .body("{\"channel\":\"email\",\"address\":\"" + address + "\",\"vouchedFor\":\"a test\"}")
                        .post("/api/v1/branches/" + branch + "/endpoints")
                        .then()
                        .statusCode(201));
        Scheduler.send(Scheduler.confirmed(branch, 72));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(MailServer.mails(address)).hasSize(1));

        String sent = new String(MailServer.mails(address).getFirst().octets(), StandardCharsets.US_ASCII);
        assertThat(DkimSignerTest.verified(sent)).hasSize(1);
    }
}
