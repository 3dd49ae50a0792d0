package org.lectern.notification.confirmation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.Mails;
import org.lectern.notification.support.Scheduler;
import org.lectern.testing.Tokens;

/** A branch that adds mailboxes as endpoints, and the mails that they receive. */
record AskingBranch(UUID id, String code, String name) {

    private static final Pattern LINK = Pattern.compile("http://localhost:\\d+(/c/[A-Za-z0-9_-]{43})");

    static AskingBranch speaking(String locale) {
        return of("青石村", locale, null);
    }

    static AskingBranch of(String name, String locale, @Nullable UUID above) {
        UUID id = UUID.randomUUID();
        String code = "CNF-" + id;
        var described = Scheduler.described(id, code, 1)
                .with("name", new TextNode(name))
                .with("locale", new TextNode(locale));
        Scheduler.send(above == null ? described : described.with("parentId", new TextNode(above.toString())));
        var branch = new AskingBranch(id, code, name);
        await().untilAsserted(() -> given().auth()
                .oauth2(Tokens.operator())
                .get(branch.endpoints())
                .then()
                .statusCode(200));
        return branch;
    }

    static String anAddress() {
        return UUID.randomUUID() + "@example.org";
    }

    String token() {
        return Tokens.branch(code);
    }

    String endpoints() {
        return "/api/v1/branches/" + id + "/endpoints";
    }

    ValidatableResponse adds(String address) {
        return add(token(), Map.of("channel", "email", "address", address));
    }

    ValidatableResponse add(String token, Map<String, ?> endpoint) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(endpoint)
                .post(endpoints())
                .then();
    }

    /** Adds a mailbox as the branch does, and returns the path of the endpoint. */
    String added(String address) {
        return endpoints() + "/" + adds(address).statusCode(201).extract().path("id");
    }

    /** Adds a mailbox that an organizer vouches for, and returns the path of the endpoint. */
    String vouched(String address) {
        return endpoints() + "/"
                + add(Tokens.organizer(), Map.of("channel", "email", "address", address, "vouchedFor", "a test"))
                        .statusCode(201)
                        .extract()
                        .path("id");
    }

    ValidatableResponse change(String token, String endpoint, String address, boolean enabled) {
        return change(token, endpoint, Map.of("address", address, "enabled", enabled));
    }

    ValidatableResponse change(String token, String endpoint, Map<String, ?> wanted) {
        String tag = given().auth().oauth2(Tokens.operator()).get(endpoint).header("ETag");
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .header("If-Match", tag)
                .body(new HashMap<>(wanted))
                .put(endpoint)
                .then();
    }

    ValidatableResponse asksAgain(String endpoint) {
        return given().auth().oauth2(token()).post(endpoint + "/verify").then();
    }

    static ValidatableResponse view(String endpoint) {
        return given().auth().oauth2(Tokens.auditor()).get(endpoint).then().statusCode(200);
    }

    /** The path of the only link that this mailbox received. */
    static String link(String address) {
        return links(address, 1).getFirst();
    }

    /** The paths of the links in this number of mails to that mailbox; each is in both parts of its mail. */
    static List<String> links(String address, int mails) {
        await().untilAsserted(() -> assertThat(MailServer.received(address)).hasSize(mails));
        return MailServer.received(address).stream().map(AskingBranch::link).toList();
    }

    private static String link(MimeMessage mail) {
        try {
            List<List<String>> found = Mails.texts(mail).stream()
                    .map(text -> LINK.matcher(text)
                            .results()
                            .map((MatchResult link) -> link.group(1))
                            .distinct()
                            .toList())
                    .toList();
            assertThat(found).hasSize(2);
            assertThat(found.getFirst()).hasSize(1).isEqualTo(found.getLast());
            return found.getFirst().getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static ValidatableResponse open(String link) {
        return given().redirects().follow(false).get(link).then();
    }

    static ValidatableResponse confirm(String link) {
        return answer(link, "confirm");
    }

    static ValidatableResponse refuse(String link) {
        return answer(link, "refuse");
    }

    private static ValidatableResponse answer(String link, String answer) {
        return given().redirects()
                .follow(false)
                .formParam("answer", answer)
                .post(link)
                .then();
    }
}
