package org.lectern.local.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailboxServerTest {

    private static final String HOSTILE = """
            From: lectern@example.org
            To: a@example.org
            Subject: =?UTF-8?B?6YCa55+lPHNjcmlwdD4=?=
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8

            See https://example.org/a?x=1&y=2. <b>No</b>
            --b
            Content-Type: text/html; charset=utf-8

            <p>Hello</p><script>alert(1)</script>
            --b--
            """;

    private static final String INVITATION = """
            From: lectern@example.org
            To: b@example.org
            Subject: =?UTF-8?B?5a6j6K6y?=
            Content-Language: zh-CN
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=a

            --a
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain; charset=UTF-8
            Content-Transfer-Encoding: base64

            5a6j6K6yDQo=
            --b
            Content-Type: text/calendar; charset=UTF-8; method=REQUEST
            Content-Transfer-Encoding: quoted-printable

            BEGIN:VCALENDAR
            SUMMARY:=E5=AE=A3=E8=AE=B2
            --b--
            --a
            Content-Type: application/ics; name=lecture.ics
            Content-Disposition: attachment; filename=lecture.ics
            Content-Transfer-Encoding: base64

            QkVHSU46VkNBTEVOREFSDQo=
            --a--
            """;

    private final Mailbox mailbox = new Mailbox(2, Clock.systemUTC());
    private final MailboxServer server = new MailboxServer(mailbox, 0);
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void aMailArrives() throws Exception {
        add("a@example.org");
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void contentOfMails_isEscaped() throws Exception {
        var list = get("/");
        assertTrue(list.body().contains("通知&lt;script&gt;"));
        assertFalse(list.body().contains("<script>"));

        var mail = get("/mails/1");
        assertFalse(mail.body().contains("<script>"));
        assertTrue(mail.body().contains("&lt;b&gt;No&lt;/b&gt;"));
        assertTrue(mail.body().contains("<iframe sandbox=\"\""));
        assertTrue(mail.body().contains("href=\"https://example.org/a?x=1&amp;y=2\""));
    }

    @Test
    void theMailsOwnHtmlIsServedIntoASandbox() throws Exception {
        var html = get("/mails/1/html");

        assertTrue(html.body().contains("<p>Hello</p>"));
        assertTrue(html.headers()
                .firstValue("Content-Security-Policy")
                .orElse("")
                .startsWith("sandbox; default-src 'none'"));
    }

    @Test
    void scriptsReadTheMailsOfOneRecipientAsJson() throws Exception {
        add("b@example.org");

        var items = new ObjectMapper()
                .readTree(get("/mails?to=A%40example.org").body())
                .path("items");

        assertEquals(1, items.size());
        assertEquals("通知<script>", items.get(0).path("subject").asText());
        assertEquals("a@example.org", items.get(0).path("to").asText());
    }

    @Test
    void onlyTheLastMailsAreKept() throws Exception {
        add("b@example.org");
        add("c@example.org");

        assertEquals(404, get("/mails/1").statusCode());
        assertEquals(200, get("/mails/3").statusCode());
    }

    @Test
    void sourceIsShownOctetForOctet() throws Exception {
        var source = get("/mails/1/source");

        assertEquals(HOSTILE.replace("\n", "\r\n"), source.body());
        assertEquals(
                "text/plain; charset=utf-8",
                source.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void invitationIsShown_andItsAttachmentCanBeSaved() throws Exception {
        add("b@example.org", INVITATION);

        var page = get("/mails/2").body();
        assertTrue(page.contains("<h2>Calendar</h2>\n<pre lang=\"zh-CN\">BEGIN:VCALENDAR\r\nSUMMARY:宣讲"), page);
        assertTrue(page.contains("<h1 lang=\"zh-CN\">宣讲</h1>"));
        assertTrue(page.contains("href=\"/mails/2/attachments/0\" download=\"lecture.ics\""));
        var attachment = get("/mails/2/attachments/0");
        assertEquals("BEGIN:VCALENDAR\r\n", attachment.body());
        assertEquals(
                "application/octet-stream",
                attachment.headers().firstValue("Content-Type").orElse(""));
        assertEquals(404, get("/mails/2/attachments/1").statusCode());
        var json = new ObjectMapper()
                .readTree(get("/mails?to=b%40example.org").body())
                .path("items")
                .get(0);
        assertEquals("zh-CN", json.path("language").asText());
        assertEquals("宣讲\r\n", json.path("text").asText());
        assertEquals("lecture.ics", json.path("attachments").get(0).path("name").asText());
    }

    @Test
    void refusedMailIsShownToPeopleOnly() throws Exception {
        add("b@example.org", HOSTILE, "BARE_LF in line 4");

        assertTrue(get("/").body().contains(">refused</strong>"));
        assertTrue(get("/mails/2").body().contains("BARE_LF in line 4"));
        assertEquals(
                0,
                new ObjectMapper()
                        .readTree(get("/mails?to=b%40example.org").body())
                        .path("items")
                        .size());
    }

    private void add(String to) {
        add(to, HOSTILE);
    }

    private void add(String to, String source, String... failureReason) {
        mailbox.add(
                "lectern@example.org",
                to,
                source.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8),
                List.of(failureReason));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
