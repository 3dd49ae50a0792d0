package org.lectern.notification.link;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.notification.support.BackingStack;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.Mails;
import org.lectern.notification.support.Scheduler;
import org.lectern.testing.Tokens;

/** The link in a message: opened by scanners and people, used once, twice, or too late. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class LinkTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Pattern LINK = Pattern.compile("http://localhost:\\d+(/a/[A-Za-z0-9_-]{64})");

    @Inject
    Links links;

    @Inject
    Sql sql;

    private final String code = "LNK-" + UUID.randomUUID();
    private UUID branch;

    @BeforeEach
    void aBranch() {
        branch = Scheduler.branch(code, null, "zh-CN");
    }

    private UUID notice(UUID booking, int version) {
        return await().atMost(LONG)
                .until(
                        () -> sql.one(
                                "SELECT id FROM notice WHERE booking_id = ? AND version = ? AND branch_id = ?",
                                row -> row.id("id"),
                                booking,
                                version,
                                branch),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** A link for an endpoint that the branch no longer has. */
    private String path(UUID notice) {
        return path(notice, new UUID(1, 1));
    }

    private String path(UUID notice, UUID endpoint) {
        String url = links.of(notice, endpoint).orElseThrow();
        return url.substring(url.indexOf("/a/"));
    }

    /** An endpoint of the branch that is in use; the test sends nothing there. */
    private UUID endpoint() {
        UUID id = UUID.randomUUID();
        Transactions.inNew(() -> sql.update(
                "INSERT INTO endpoint (id, branch_id, channel, address, enabled, fallback, pending, version, created_at,"
                        + " updated_at, confirmed_at) VALUES (?, ?, 'email', ?, true, true, false, 1, now(), now(), now())",
                id,
                branch,
                id + "@example.org"));
        return id;
    }

    private static ValidatableResponse open(String path) {
        return given().redirects().follow(false).get(path).then();
    }

    private static ValidatableResponse tap(String path, String notice) {
        return given().redirects()
                .follow(false)
                .formParam("notice", notice)
                .post(path)
                .then();
    }

    private static ValidatableResponse tap(String path) {
        return given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .post(path)
                .then();
    }

    private long acknowledgements() {
        return sql.one(
                        "SELECT count(*) AS n FROM acknowledgement WHERE branch_id = ?",
                        row -> row.bigNumber("n"),
                        branch)
                .orElseThrow();
    }

    private long events(UUID booking) {
        return sql.one("SELECT count(*) AS n FROM outbox WHERE subject = ?", row -> row.bigNumber("n"), booking)
                .orElseThrow();
    }

    @Test
    void readingChangesNothingAndOneTapAcknowledges() {
        var confirmed = Scheduler.confirmed(branch, 30);
        Scheduler.send(confirmed);
        UUID notice = notice(confirmed.subject(), 1);
        String path = path(notice);

        for (int i = 0; i < 3; i++) {
            open(path)
                    .statusCode(200)
                    .contentType("text/html;charset=UTF-8")
                    .header("Content-Language", "zh-CN")
                    .body(containsString("<button type=\"submit\">已知悉</button>"))
                    .body(containsString("宣讲已确定"));
        }
        given().head(path).then().statusCode(200);
        assertThat(acknowledgements()).isZero();

        tap(path + "?lang=en").statusCode(303).header("Location", equalTo(path + "?lang=en"));
        open(path).statusCode(200).body(containsString("谢谢"), not(containsString("<button")));
        open(path + "?lang=en").header("Content-Language", "en").body(containsString("Confirmed on"));
        tap(path).statusCode(303).header("Location", equalTo(path));
        assertThat(acknowledgements()).isEqualTo(1);
        assertThat(events(confirmed.subject())).isEqualTo(1);
        given().auth()
                .oauth2(Tokens.branch(code))
                .get("/api/v1/branches/{id}/notices", branch)
                .then()
                .body("items[0].acknowledgement.state", equalTo("given"))
                .body("items[0].acknowledgement.channel", equalTo("link"));
    }

    @Test
    void outdatedLink_hidesNewsFromFormerReceiver() {
        var confirmed = Scheduler.confirmed(branch, 30);
        Scheduler.send(confirmed);
        String first = path(notice(confirmed.subject(), 1));
        var moved = Scheduler.version("rescheduled", confirmed.subject(), 2, branch, 40);
        Scheduler.send(moved);
        UUID second = notice(confirmed.subject(), 2);

        open(first).statusCode(200).body(containsString("本通知已过时"), not(containsString("<button")));
        tap(first).statusCode(303);
        assertThat(acknowledgements()).isZero();
        assertThat(open(first).extract().asString())
                .contains("请查看本单位收到的最新通知")
                .doesNotContain("时间调整", second.toString());
        given().get(first + "/lecture.ics").then().statusCode(404);

        tap(path(second)).statusCode(303);
        assertThat(acknowledgements()).isEqualTo(1);
    }

    @Test
    void outdatedLink_saysSoFirstThenShowsPresentState() {
        var confirmed = Scheduler.confirmed(branch, 30);
        Scheduler.send(confirmed);
        UUID told = notice(confirmed.subject(), 1);
        String first = path(told, endpoint());
        tap(first).statusCode(303);
        open(first).body(containsString("谢谢"));
        Scheduler.send(Scheduler.version("rescheduled", confirmed.subject(), 2, branch, 40));
        UUID second = notice(confirmed.subject(), 2);

        String page = open(first).statusCode(200).extract().asString();

        assertThat(page)
                .containsSubsequence("本通知已过时：宣讲安排已变更，最新安排如下。", "宣讲时间调整", "<button type=\"submit\">已知悉</button>")
                .contains("name=\"notice\" value=\"" + second + "\"")
                .doesNotContain("谢谢");
    }

    @Test
    void button_confirmsOnlyTheVersionThatWasShown() {
        var confirmed = Scheduler.confirmed(branch, 30);
        Scheduler.send(confirmed);
        UUID first = notice(confirmed.subject(), 1);
        String path = path(first, endpoint());
        Scheduler.send(Scheduler.version("rescheduled", confirmed.subject(), 2, branch, 40));
        UUID second = notice(confirmed.subject(), 2);

        for (String stale : List.of("", first.toString(), UUID.randomUUID().toString(), "x")) {
            tap(path, stale).statusCode(303);
        }
        assertThat(acknowledgements()).isZero();

        tap(path, second.toString()).statusCode(303);
        assertThat(acknowledgements()).isEqualTo(1);
        open(path).body(containsString("本通知已过时"), containsString("谢谢"), not(containsString("<button")));
    }

    @Test
    void page_namesTheOrganisationAndOffersTheCalendar() {
        var confirmed = Scheduler.confirmed(branch, 30);
        Scheduler.send(confirmed);
        String path = path(notice(confirmed.subject(), 1));

        String page = open(path).statusCode(200).extract().asString();
        assertThat(page)
                .contains("<header>云汀市宣讲中心</header>")
                .contains("<a class=\"action\" href=\"" + path + "/lecture.ics\">加入日历</a>");
        open(path + "?lang=en").body(containsString("<header>Yunting Lecture Centre</header>"));
        String file = given().get(path + "/lecture.ics")
                .then()
                .statusCode(200)
                .contentType(containsString("text/calendar"))
                .header("Content-Disposition", containsString("lecture.ics"))
                .extract()
                .asString();
        assertThat(file)
                .contains("METHOD:PUBLISH\r\n", "UID:" + confirmed.subject() + "@lectern\r\n")
                .doesNotContain("ATTENDEE");
    }

    @Test
    void acknowledgedThenSuperseded_saysSoFirst() {
        var confirmed = Scheduler.confirmed(branch, 30);
        Scheduler.send(confirmed);
        String first = path(notice(confirmed.subject(), 1));
        tap(first).statusCode(303);
        Scheduler.send(Scheduler.version("rescheduled", confirmed.subject(), 2, branch, 40));
        notice(confirmed.subject(), 2);

        assertThat(open(first).statusCode(200).extract().asString())
                .containsSubsequence("本通知已过时", "您已于", "确认此前的安排")
                .doesNotContain("谢谢");
    }

    @Test
    void invalidLink_revealsNothing() {
        var confirmed = Scheduler.confirmed(branch, 30);
        Scheduler.send(confirmed);
        String genuine = path(notice(confirmed.subject(), 1));
        for (String bad : List.of(
                genuine.substring(0, genuine.length() - 1),
                genuine + "A",
                "/a/" + "A".repeat(64),
                "/a/x",
                "/a/%E5%AE%A3",
                path(UUID.randomUUID()))) {
            for (ValidatableResponse answer : List.of(open(bad), tap(bad))) {
                String page = answer.statusCode(404)
                        .contentType("text/html")
                        .extract()
                        .asString();
                assertThat(page)
                        .contains("Invalid link")
                        .doesNotContain(confirmed.subject().toString());
            }
        }
        given().header("Accept-Language", "zh-CN")
                .get("/a/x")
                .then()
                .statusCode(404)
                .body(containsString("链接无效"));
        assertThat(acknowledgements()).isZero();
    }

    @Test
    void afterTheLectureThereIsNothingToConfirmAndLaterNoPage() {
        var confirmed = Scheduler.confirmed(branch, 30);
        Scheduler.send(confirmed);
        UUID notice = notice(confirmed.subject(), 1);
        endedAgo(notice, "1 hour");
        open(path(notice)).statusCode(200).body(containsString("宣讲已结束"), not(containsString("<button")));
        tap(path(notice)).statusCode(303);
        assertThat(acknowledgements()).isZero();
        endedAgo(notice, "31 days");
        open(path(notice)).statusCode(410).body(containsString("链接已过期"), not(containsString("宣讲已确定")));
    }

    private void endedAgo(UUID notice, String ago) {
        Transactions.inNew(() -> sql.update(
                "UPDATE notice SET starts_at = now() - interval '" + ago
                        + "' - interval '2 hours', ends_at = now() - interval '" + ago + "' WHERE id = ?",
                notice));
    }

    @Test
    void page_isProtectedByItsHeaders() {
        var confirmed = Scheduler.confirmed(branch, 30);
        Scheduler.send(confirmed);
        UUID notice = notice(confirmed.subject(), 1);
        Transactions.inNew(() -> sql.update(
                "UPDATE notice SET title = ?, body = ? WHERE id = ?",
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>\n{title} & </main>",
                notice));
        var answer = open(path(notice)).statusCode(200);
        String page = answer.extract().asString();
        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("&lt;img src=x onerror=alert(1)&gt;", "{title} &amp; &lt;/main&gt;")
                .doesNotContain("<script", "<img", "http://", "https://");
        String nonce = page.replaceAll("(?s).*<style nonce=\"([^\"]+)\".*", "$1");
        answer.header(
                        "Content-Security-Policy",
                        equalTo("default-src 'none'; style-src 'nonce-" + nonce
                                + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"))
                .header("Referrer-Policy", equalTo("no-referrer"))
                .header("Cache-Control", equalTo("no-store"))
                .header("X-Robots-Tag", containsString("noindex"))
                .header("X-Content-Type-Options", equalTo("nosniff"));
        assertThat(open(path(notice)).extract().asString()).doesNotContain(nonce);
    }

    @Test
    void aMailHoldsTheLinkInBothItsParts() throws Exception {
        MailServer.up();
        String address = "link-" + UUID.randomUUID() + "@example.org";
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.organizer())
                        .contentType("application/json")
                        .body(Map.of("channel", "email", "address", address, "vouchedFor", "a test"))
                        .post("/api/v1/branches/{id}/endpoints", branch)
                        .then()
                        .statusCode(201));
        var confirmed = Scheduler.confirmed(branch, 30);
        Scheduler.send(confirmed);
        UUID notice = notice(confirmed.subject(), 1);
        UUID endpoint = sql.one(
                        "SELECT id FROM endpoint WHERE branch_id = ? AND address = ?",
                        row -> row.id("id"),
                        branch,
                        address)
                .orElseThrow();
        String path = path(notice, endpoint);
        var mail = await().atMost(LONG)
                .until(() -> MailServer.received(address), received -> !received.isEmpty())
                .getFirst();
        List<String> parts = Mails.texts(mail);
        assertThat(parts).hasSizeGreaterThanOrEqualTo(2).allSatisfy(part -> {
            var link = LINK.matcher(part);
            assertThat(link.find()).as(part).isTrue();
            assertThat(link.group(1)).isEqualTo(path);
        });
        tap(path).statusCode(303);
        assertThat(acknowledgements()).isEqualTo(1);
    }
}
