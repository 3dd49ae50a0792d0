package org.lectern.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.node.TextNode;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.EventStream;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** From the scheduler's event to the branch: inbox, stream, e-mail, delivery log. */
@ServiceTest
class JourneyTest {

    @Inject
    Sql sql;

    @Test
    void anEventReachesTheInboxTheStreamAndTheMailbox() throws Exception {
        MailServer.up();
        String code = "JRN-" + UUID.randomUUID();
        String address = UUID.randomUUID() + "@example.org";
        UUID branch = Scheduler.branch(code, null, "zh-CN");
        String token = Tokens.branch(code);
        String inbox = "/api/v1/branches/" + branch + "/notices";
        await().untilAsserted(() ->
                given().auth().oauth2(token).get(inbox).then().statusCode(200).body("items", hasSize(0)));
        given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .body("{\"channel\":\"email\",\"address\":\"" + address + "\",\"vouchedFor\":\"a test\"}")
                .post("/api/v1/branches/" + branch + "/endpoints")
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"");

        try (var stream = new EventStream(inbox + "/stream", token, "0")) {
            assertThat(stream.status()).isEqualTo(200);
            var confirmed = Scheduler.confirmed(branch, 72)
                    .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
            Scheduler.send(confirmed);
            var cancelled = Scheduler.version("cancelled", confirmed.subject(), 2, branch, 72)
                    .with("reason", new TextNode("<b>台风</b>\r\nBcc: all@example.org"));
            Scheduler.send(cancelled);

            await().untilAsserted(() -> given().auth()
                    .oauth2(token)
                    .get(inbox)
                    .then()
                    .body("items.sequence", contains(2, 1))
                    .body("items[1].kind", equalTo("confirmed"))
                    .body("items[1].title", equalTo("宣讲已确定：乡村振兴政策解读"))
                    .body("items[1].body", containsString("地点：青石村文化礼堂，青石村8号"))
                    .body("items[1].bookingId", equalTo(confirmed.subject().toString()))
                    .body("items[1].urgent", equalTo(false))
                    .body("items[0].kind", equalTo("cancelled")));
            await().untilAsserted(() -> assertThat(stream.ids()).containsExactly(1L, 2L));
            assertThat(stream.data().getFirst()).contains("\"kind\":\"confirmed\"", "\"sequence\":1");
            await().untilAsserted(() -> assertThat(MailServer.received(address)).hasSize(2));
        }

        MimeMessage mail = MailServer.received(address).getFirst();
        assertThat(mail.getSubject()).matches("宣讲已确定：乡村振兴政策解读 · 20\\d\\d年.*\\d\\d:\\d\\d ?–.*\\d\\d:\\d\\d");
        List<String> parts = parts((MimeMultipart) mail.getContent());
        assertThat(parts).anySatisfy(part -> assertThat(part).contains("讲师：林晓岚").doesNotContain("<p"));
        assertThat(parts).anySatisfy(part -> assertThat(part).containsPattern("讲师：</span>林晓岚</p>"));
        MimeMessage second = MailServer.received(address).get(1);
        assertThat(second.getHeader("Bcc")).isNull();
        assertThat(parts((MimeMultipart) second.getContent()))
                .anySatisfy(part -> assertThat(part).contains("原因：</span>&lt;b&gt;台风&lt;/b&gt; Bcc: all@example.org"));

        String operator = Tokens.operator();
        await().untilAsserted(() -> given().auth()
                .oauth2(operator)
                .queryParam("branchId", branch.toString())
                .queryParam("state", "DELIVERED")
                .get("/api/v1/deliveries")
                .then()
                .statusCode(200)
                .body("items", hasSize(2)));
        String delivery = given().auth()
                .oauth2(operator)
                .queryParam("branchId", branch.toString())
                .get("/api/v1/deliveries")
                .path("items[1].id");
        given().auth()
                .oauth2(operator)
                .get("/api/v1/deliveries/" + delivery)
                .then()
                .body("state", equalTo("DELIVERED"))
                .body("address", equalTo(address.charAt(0) + "***@example.org"))
                .body("attempts", hasSize(1))
                .body("attempts[0].outcome", equalTo("DELIVERED"))
                .body("attempts[0].durationMillis", notNullValue());
        assertThat(mail.getMessageID()).isEqualTo("<" + delivery + "@lectern.localhost>");

        assertThat(sql.one(
                        "SELECT traceparent FROM delivery WHERE id = ?",
                        row -> row.text("traceparent"),
                        UUID.fromString(delivery)))
                .as("the scheduler's trace continues")
                .hasValueSatisfying(trace -> assertThat(trace).startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-"));

        String notice = given().auth().oauth2(token).get(inbox).path("items[1].id");
        given().auth()
                .oauth2(token)
                .post("/api/v1/notices/" + notice + "/read")
                .then()
                .statusCode(200)
                .body("readAt", notNullValue());
        given().auth()
                .oauth2(token)
                .queryParam("unread", "true")
                .get(inbox)
                .then()
                .body("items.sequence", contains(2));
    }

    private static List<String> parts(MimeMultipart message) throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < message.getCount(); i++) {
            BodyPart part = message.getBodyPart(i);
            if (part.getContent() instanceof MimeMultipart inner) {
                texts.addAll(parts(inner));
            } else {
                texts.add(part.getContent().toString());
            }
        }
        return texts;
    }
}
