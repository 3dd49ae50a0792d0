package org.lectern.notification.channel.email;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.RefusingMailServer;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** No further mail goes to a mailbox that does not exist. */
@ServiceTest
class BounceTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @Inject
    Sql sql;

    private String code;
    private UUID branch;
    private String address;

    @BeforeEach
    void aBranchWhoseMailboxDoesNotExist() throws Exception {
        code = "BNC-" + UUID.randomUUID();
        branch = Scheduler.branch(code, null, "en");
        address = UUID.randomUUID() + "@example.org";
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.branch(code))
                        .get(endpoints())
                        .then()
                        .statusCode(200));
        add(Tokens.organizer()).statusCode(201);
        MailServer.down();
        try (var refusing = new RefusingMailServer(MailServer.port(), "550 5.1.1 no such mailbox")) {
            Scheduler.send(Scheduler.confirmed(branch, 30));
            await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("PARKED"));
            assertThat(refusing.dialogues()).isPositive();
        }
        MailServer.up();
    }

    @AfterEach
    void mailIsUp() {
        MailServer.up();
    }

    @Test
    void bouncedMailbox_isDisabledUntilAnOrganizerReleasesIt() {
        String endpoint = endpoint();
        given().auth()
                .oauth2(Tokens.branch(code))
                .get(endpoints() + "/" + endpoint)
                .then()
                .body("enabled", equalTo(false))
                .body("status", equalTo("disabled"))
                .body("disabledReason", equalTo("smtp-550-5.1.1"));
        change(Tokens.branch(code), address)
                .statusCode(409)
                .body("code", equalTo("address-bounced"))
                .body("detail", containsString("smtp-550-5.1.1"));
        assertThat(states()).containsExactly("PARKED");

        change(Tokens.organizer(), address).statusCode(200).body("disabledReason", nullValue());

        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
        assertThat(MailServer.received(address)).hasSize(1);
    }

    @Test
    void otherAddress_isUsedAtOnce() {
        String other = UUID.randomUUID() + "@example.org";
        change(Tokens.organizer(), other).statusCode(200).body("disabledReason", nullValue());
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
        assertThat(MailServer.received(other)).hasSize(1);
        assertThat(MailServer.received(address)).isEmpty();
    }

    @Test
    void readdedBouncedMailbox_isRefused() {
        given().auth()
                .oauth2(Tokens.branch(code))
                .header("If-Match", tag())
                .delete(endpoints() + "/" + endpoint())
                .then()
                .statusCode(204);
        add(Tokens.branch(code)).statusCode(409).body("code", equalTo("address-bounced"));
        add(Tokens.organizer()).statusCode(201);
        assertThat(sql.list("SELECT encode(hash, 'escape') AS hash FROM bounced_address", row -> row.text("hash")))
                .noneMatch(hash -> hash.contains("example.org"));
    }

    private String endpoints() {
        return "/api/v1/branches/" + branch + "/endpoints";
    }

    private String endpoint() {
        return given().auth().oauth2(Tokens.organizer()).get(endpoints()).path("items[0].id");
    }

    private String tag() {
        return given().auth()
                .oauth2(Tokens.organizer())
                .get(endpoints() + "/" + endpoint())
                .header("ETag");
    }

    private ValidatableResponse add(String token) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body("{\"channel\":\"email\",\"address\":\"" + address + "\"" + vouched(token) + "}")
                .post(endpoints())
                .then();
    }

    private ValidatableResponse change(String token, String to) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .header("If-Match", tag())
                .body("{\"address\":\"" + to + "\",\"enabled\":true" + vouched(token) + "}")
                .put(endpoints() + "/" + endpoint())
                .then();
    }

    private static String vouched(String token) {
        return token.equals(Tokens.organizer()) ? ",\"vouchedFor\":\"a test\"" : "";
    }

    private List<String> states() {
        return sql.list("SELECT state FROM delivery WHERE branch_id = ?", row -> row.text("state"), branch);
    }
}
