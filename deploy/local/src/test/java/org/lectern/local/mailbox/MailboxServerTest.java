package org.lectern.local.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Properties;
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
    void whatAMailSaysIsEscapedOnThePages() throws Exception {
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

    private void add(String to) throws Exception {
        mailbox.add(
                "lectern@example.org",
                to,
                new MimeMessage(
                        Session.getInstance(new Properties()),
                        new ByteArrayInputStream(HOSTILE.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8))));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
