package org.lectern.notification.confirmation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.lectern.notification.confirmation.AskingBranch.anAddress;
import static org.lectern.notification.confirmation.AskingBranch.confirm;
import static org.lectern.notification.confirmation.AskingBranch.link;
import static org.lectern.notification.confirmation.AskingBranch.links;
import static org.lectern.notification.confirmation.AskingBranch.open;
import static org.lectern.notification.confirmation.AskingBranch.refuse;
import static org.lectern.notification.confirmation.AskingBranch.view;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** Before its owner confirms an e-mail address, it receives only the confirmation mail. */
@ServiceTest
class ConfirmationTest {

    @Inject
    Sql sql;

    private AskingBranch branch;
    private String address;

    @BeforeEach
    void aBranch() {
        MailServer.up();
        branch = AskingBranch.speaking("en");
        address = anAddress();
    }

    @Test
    void unconfirmedAddress_getsOnlyTheQuestion() {
        branch.adds(address)
                .statusCode(201)
                .header("ETag", equalTo("\"1\""))
                .body("status", equalTo("pending"))
                .body("enabled", equalTo(true))
                .body("confirmedAt", nullValue())
                .body("vouched", nullValue())
                .body("confirmation.requestedAt", notNullValue())
                .body("confirmation.expiresAt", notNullValue());
        link(address);
        told(30);

        assertThat(states()).containsExactly("PARKED");
        assertThat(MailServer.received(address)).hasSize(1);
        given().auth()
                .oauth2(branch.token())
                .get("/api/v1/branches/{id}/notices", branch.id())
                .then()
                .body("items.size()", equalTo(1));
    }

    @Test
    void confirmedAddress_getsWaitingMessages() {
        String endpoint = branch.added(address);
        String link = link(address);
        told(30);
        assertThat(states()).containsExactly("PARKED");

        confirm(link).statusCode(303).header("Location", equalTo(link));

        await().untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
        told(60);
        await().untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED", "DELIVERED"));
        assertThat(MailServer.received(address)).hasSize(3);
        view(endpoint)
                .body("status", equalTo("active"))
                .body("confirmedAt", notNullValue())
                .body("confirmation", nullValue());
    }

    @Test
    void getAndHead_changeNothing() {
        String endpoint = branch.added(address);
        String link = link(address);
        for (int i = 0; i < 3; i++) {
            open(link).statusCode(200);
            open(link + "?answer=confirm").statusCode(200);
            given().head(link).then().statusCode(200);
        }
        given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .post(link)
                .then()
                .statusCode(303);
        view(endpoint).header("ETag", startsWith("\"1-")).body("status", equalTo("pending"));
    }

    @Test
    void secondAnswer_showsPresentState() {
        String endpoint = branch.added(address);
        String link = link(address);
        confirm(link);
        open(link).statusCode(200).body(containsString("Confirmed on"));

        refuse(link).statusCode(303);
        confirm(link).statusCode(303);

        open(link).statusCode(200).body(containsString("Confirmed on"));
        view(endpoint).header("ETag", startsWith("\"2-")).body("status", equalTo("active"));
    }

    @Test
    void refusal_blocksAddressForThatBranchOnly() {
        String endpoint = branch.added(address);
        String link = link(address);

        refuse(link).statusCode(303).header("Location", equalTo(link));

        open(link).statusCode(200).body(containsString("You stated that this is not your address"));
        view(endpoint).body("status", equalTo("disabled")).body("disabledReason", equalTo("owner-refused"));
        refused(branch.change(branch.token(), endpoint, address, true));
        refused(branch.asksAgain(endpoint));
        confirm(link).statusCode(303);
        view(endpoint).body("confirmedAt", nullValue());
        remove(endpoint);
        refused(branch.adds(address.toUpperCase(java.util.Locale.ROOT)));
        refused(branch.add(Tokens.organizer(), Map.of("channel", "email", "address", address)));
        AskingBranch.speaking("en").adds(address).statusCode(201);
    }

    @Test
    void vouching_overridesRefusal() {
        String endpoint = branch.added(address);
        String link = link(address);
        refuse(link);

        branch.change(
                        Tokens.organizer(),
                        endpoint,
                        Map.of("address", address, "enabled", true, "vouchedFor", "the owner called us"))
                .statusCode(200)
                .body("status", equalTo("active"))
                .body("disabledReason", nullValue());

        open(link).statusCode(200).body(containsString("The organizers have vouched"));
    }

    @Test
    void mailboxOfTwoBranches_isConfirmedPerBranch() {
        String first = branch.added(address);
        String link = link(address);
        AskingBranch other = AskingBranch.speaking("en");
        String second = other.added(address);
        String otherLink = links(address, 2).stream()
                .filter(each -> !each.equals(link))
                .findFirst()
                .orElseThrow();

        confirm(otherLink);

        view(first).body("status", equalTo("pending"));
        view(second).body("status", equalTo("active"));
        refuse(link);
        view(first).body("disabledReason", equalTo("owner-refused"));
        view(second).body("status", equalTo("active"));
    }

    @Test
    void expiredLink_confirmsNothingAndANewOneDoes() {
        String endpoint = branch.added(address);
        String link = link(address);
        sql.update("UPDATE confirmation SET expires_at = now() WHERE endpoint_id = ?", id(endpoint));

        open(link).statusCode(410).body(containsString("no longer valid"));
        confirm(link).statusCode(303);
        refuse(link).statusCode(303);

        view(endpoint).body("status", equalTo("pending"));
        branch.asksAgain(endpoint)
                .statusCode(200)
                .body("succeeded", equalTo(false))
                .body("answer", equalTo("confirmation-requested"));
        confirm(links(address, 2).getLast());
        view(endpoint).body("status", equalTo("active"));
        branch.asksAgain(endpoint).statusCode(200).body("answer", equalTo("already-verified"));
    }

    @Test
    void linkOfFormerAddress_confirmsNothing() {
        String endpoint = branch.added(address);
        String link = link(address);
        String moved = anAddress();
        branch.change(branch.token(), endpoint, moved, true).statusCode(200).body("status", equalTo("pending"));

        open(link).statusCode(410).body(containsString("no longer asks"));
        confirm(link).statusCode(303);
        view(endpoint).body("status", equalTo("pending"));

        confirm(link(moved));
        view(endpoint).body("status", equalTo("active"));
        assertThat(MailServer.received(address)).hasSize(1);
    }

    @Test
    void linkOfRemovedEndpoint_saysSo() {
        String endpoint = branch.added(address);
        String link = link(address);
        remove(endpoint);
        open(link).statusCode(410).body(containsString("no longer asks"));
        confirm(link).statusCode(303);
    }

    @Test
    void linkOfOtherEndpoint_confirmsOnlyThat() {
        String endpoint = branch.added(address);
        String other = anAddress();
        branch.added(other);
        confirm(link(other));
        view(endpoint).body("status", equalTo("pending"));
    }

    @Test
    void unknownLink_isNotFound() {
        branch.added(address);
        String genuine = link(address);
        for (String bad : List.of(
                genuine.substring(0, genuine.length() - 1),
                genuine + "A",
                "/c/" + "A".repeat(43),
                "/c/x",
                "/c/%E5%AE%A3")) {
            open(bad).statusCode(404).contentType("text/html").body(containsString("Invalid link"));
            confirm(bad).statusCode(404).contentType("text/html");
        }
        given().header("Accept-Language", "zh-CN")
                .get("/c/x")
                .then()
                .statusCode(404)
                .body(containsString("链接无效"));
    }

    @Test
    void movedAddress_isConfirmedAgain() {
        String endpoint = branch.vouched(anAddress());
        view(endpoint).body("status", equalTo("active"));

        branch.change(branch.token(), endpoint, address, true)
                .statusCode(200)
                .body("status", equalTo("pending"))
                .body("vouched", nullValue());

        told(30);
        assertThat(states()).containsExactly("PARKED");
        confirm(link(address));
        await().untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
    }

    @Test
    void switchingOffAndOn_asksNoSecondTime() {
        String endpoint = branch.added(address);
        confirm(link(address));
        branch.change(branch.token(), endpoint, address, false).statusCode(200);
        branch.change(branch.token(), endpoint, address, true).statusCode(200).body("status", equalTo("active"));
        assertThat(questions(endpoint)).isEqualTo(1);
    }

    @Test
    void testOfUnconfirmedAddress_isRefused() {
        String endpoint = branch.added(address);
        given().auth()
                .oauth2(branch.token())
                .post(endpoint + "/test")
                .then()
                .statusCode(409)
                .body("code", equalTo("endpoint-not-in-use"));
    }

    @Test
    void endpointOfOtherBranch_isNotFound() {
        String endpoint = branch.added(address);
        AskingBranch other = AskingBranch.speaking("en");
        given().auth().oauth2(other.token()).post(endpoint + "/verify").then().statusCode(404);
        branch.add(other.token(), Map.of("channel", "email", "address", anAddress()))
                .statusCode(404);
        assertThat(questions(endpoint)).isEqualTo(1);
    }

    private static void refused(io.restassured.response.ValidatableResponse response) {
        response.statusCode(409).body("code", equalTo("address-refused"));
    }

    private void remove(String endpoint) {
        given().auth()
                .oauth2(branch.token())
                .header("If-Match", view(endpoint).extract().header("ETag"))
                .delete(endpoint)
                .then()
                .statusCode(204);
    }

    /** Notifies the branch of a lecture and waits until its notice is written. */
    private void told(long hoursAhead) {
        var confirmed = Scheduler.confirmed(branch.id(), hoursAhead);
        Scheduler.send(confirmed);
        await().until(() -> sql.one(
                        "SELECT 1 FROM notice WHERE branch_id = ? AND booking_id = ?",
                        row -> true,
                        branch.id(),
                        confirmed.subject())
                .isPresent());
    }

    private List<String> states() {
        return sql.list(
                "SELECT state FROM delivery WHERE branch_id = ? ORDER BY sequence",
                row -> row.text("state"),
                branch.id());
    }

    private int questions(String endpoint) {
        return sql.one(
                        "SELECT count(*) AS n FROM confirmation WHERE endpoint_id = ?",
                        row -> row.number("n"),
                        id(endpoint))
                .orElseThrow();
    }

    private static UUID id(String endpoint) {
        return UUID.fromString(endpoint.substring(endpoint.lastIndexOf('/') + 1));
    }
}
