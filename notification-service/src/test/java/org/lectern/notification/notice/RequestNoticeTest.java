package org.lectern.notification.notice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** The notices about a branch's own requests. */
@ServiceTest
class RequestNoticeTest {

    @Inject
    Sql sql;

    @Test
    void offerAndItsEnd_areAnnounced() {
        String code = "REQ-" + UUID.randomUUID();
        UUID branch = Scheduler.branch(code, null, "zh-CN");
        UUID request = UUID.randomUUID();
        Scheduler.send(Scheduler.request("requested", request, 1, branch));
        Scheduler.send(Scheduler.request("offered", request, 2, branch));
        Scheduler.send(Scheduler.request("offer-expired", request, 3, branch));

        await().untilAsserted(() -> assertThat(kinds(branch)).containsExactly("REQUEST_OFFERED", "OFFER_ENDED"));
        given().auth()
                .oauth2(Tokens.branch(code))
                .get("/api/v1/branches/{id}/notices", branch)
                .then()
                .statusCode(200)
                .body("items.kind", contains("offer-ended", "request-offered"))
                .body("items.bookingVersion", contains(3, 2))
                .body("items[1].requestId", equalTo(request.toString()))
                .body("items[1].title", equalTo("为您预留了时段：乡村振兴政策解读"))
                .body("items[1].body", org.hamcrest.Matchers.containsString("讲师：林晓岚"))
                .body("items[1].body", org.hamcrest.Matchers.containsString("答复期限（接受或谢绝）："))
                .body("items[0].body", org.hamcrest.Matchers.containsString("您的申请仍在等候"));
    }

    @Test
    void refusal_isAnnouncedWithItsReason() {
        String code = "REF-" + UUID.randomUUID();
        UUID branch = Scheduler.branch(code, null, "en");
        UUID request = UUID.randomUUID();
        var refused = Scheduler.request("refused", request, 1, branch);
        refused.data().put("status", "REFUSED").put("reason", "Fully booked\nuntil March");
        Scheduler.send(refused);

        await().untilAsserted(() -> given().auth()
                .oauth2(Tokens.branch(code))
                .get("/api/v1/branches/{id}/notices", branch)
                .then()
                .body("items.kind", contains("request-refused"))
                .body("items[0].title", equalTo("Request refused: 乡村振兴政策解读"))
                .body("items[0].body", org.hamcrest.Matchers.endsWith("Reason: Fully booked until March")));
    }

    @Test
    void ownAction_isNotAnnounced() {
        UUID branch = Scheduler.branch("REQ-" + UUID.randomUUID(), null, "en");
        UUID request = UUID.randomUUID();
        Scheduler.send(Scheduler.request("requested", request, 1, branch));
        Scheduler.send(Scheduler.request("offered", request, 2, branch));
        Scheduler.send(Scheduler.request("offer-declined", request, 3, branch));
        Scheduler.send(Scheduler.request("withdrawn", request, 4, branch));
        Scheduler.send(Scheduler.request("lapsed", request, 5, branch));

        await().untilAsserted(() -> assertThat(kinds(branch)).containsExactly("REQUEST_OFFERED", "REQUEST_LAPSED"));
    }

    @Test
    void versionsOfARequest_areAnnouncedInOrder() {
        UUID branch = Scheduler.branch("REQ-" + UUID.randomUUID(), null, "en");
        UUID request = UUID.randomUUID();
        var offered = Scheduler.request("offered", request, 2, branch);
        Scheduler.send(offered);
        Scheduler.send(Scheduler.request("offer-expired", request, 3, branch));
        Scheduler.send(offered);
        await().untilAsserted(() -> assertThat(sql.list(
                        "SELECT version FROM held_event WHERE subject_id = ?", row -> row.number("version"), request))
                .hasSize(2));
        assertThat(kinds(branch)).isEmpty();

        Scheduler.send(Scheduler.request("requested", request, 1, branch));

        await().untilAsserted(() -> assertThat(kinds(branch)).containsExactly("REQUEST_OFFERED", "OFFER_ENDED"));
    }

    @Test
    void anOfferGoesOutByMailToo() {
        MailServer.up();
        String code = "REQ-" + UUID.randomUUID();
        UUID branch = Scheduler.branch(code, null, "en");
        String address = code.toLowerCase(java.util.Locale.ROOT) + "@example.org";
        await().untilAsserted(() -> given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .body(Map.of("channel", "email", "address", address, "vouchedFor", "a test"))
                .post("/api/v1/branches/{id}/endpoints", branch)
                .then()
                .statusCode(201));
        UUID request = UUID.randomUUID();
        Scheduler.send(Scheduler.request("offered", request, 1, branch));

        await().untilAsserted(() -> assertThat(MailServer.received(address)).hasSize(1));
        given().auth()
                .oauth2(Tokens.operator())
                .queryParam("requestId", request)
                .get("/api/v1/deliveries")
                .then()
                .body("items.requestId", contains(request.toString()));
    }

    private List<String> kinds(UUID branch) {
        return sql.list(
                "SELECT kind FROM notice WHERE branch_id = ? ORDER BY sequence", row -> row.text("kind"), branch);
    }
}
