package org.lectern.local.mailbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The mailbox over HTTP, on the loopback interface only: {@code /} for people, {@code /mails?to=ADDRESS} as JSON for
 * scripts and tests. The JSON lists accepted mails only; the pages show refused ones too.
 */
public final class MailboxServer implements AutoCloseable {

    private static final Pattern MAIL = Pattern.compile("/mails/(\\d{1,18})(?:/(html|source|attachments/(\\d{1,4})))?");
    private static final String PAGE_POLICY =
            "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'";
    private static final String MAIL_POLICY =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";

    private final Mailbox mailbox;
    private final MailboxPages pages = new MailboxPages(ZoneId.systemDefault());
    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    public MailboxServer(Mailbox mailbox, int port) {
        this.mailbox = mailbox;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("The mailbox could not listen on port " + port, e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private record Answer(int status, String type, String policy, CaughtMail.Octets body) {

        static Answer of(int status, String type, String policy, String body) {
            return new Answer(status, type, policy, new CaughtMail.Octets(body.getBytes(StandardCharsets.UTF_8)));
        }

        static Answer page(int status, String body) {
            return of(status, "text/html; charset=utf-8", PAGE_POLICY, body);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            byte[] body = answer.body().get();
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", answer.type());
            headers.set("Content-Security-Policy", answer.policy());
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cache-Control", "no-store");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), head || body.length == 0 ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer answer(HttpExchange exchange) throws JsonProcessingException {
        if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            return Answer.of(405, "text/plain; charset=utf-8", PAGE_POLICY, "Only GET is supported.\n");
        }
        String path = exchange.getRequestURI().getPath();
        String to = parameter(exchange, "to");
        Matcher mail = MAIL.matcher(path);
        if (path.equals("/")) {
            return Answer.page(200, pages.list(chosen(to), to));
        }
        if (path.equals("/mails")) {
            return Answer.of(200, "application/json; charset=utf-8", PAGE_POLICY, asJson(chosen(to)));
        }
        if (path.equals("/style.css")) {
            return Answer.of(200, "text/css; charset=utf-8", PAGE_POLICY, MailboxPages.STYLE);
        }
        if (mail.matches()) {
            Optional<CaughtMail> found = mailbox.find(Long.parseLong(mail.group(1)));
            if (found.isPresent()) {
                return one(found.get(), mail.group(2), mail.group(3));
            }
        }
        return Answer.page(404, pages.missing());
    }

    private Answer one(CaughtMail mail, @Nullable String part, @Nullable String number) {
        if (part == null) {
            return Answer.page(200, pages.one(mail));
        }
        if (part.equals("html")) {
            return Answer.of(200, "text/html; charset=utf-8", MAIL_POLICY, mail.html());
        }
        if (number == null) {
            return new Answer(200, "text/plain; charset=utf-8", PAGE_POLICY, mail.source());
        }
        int index = Integer.parseInt(number);
        // never a type that a browser renders: the content of a mail must not be executed here
        return index < mail.attachments().size()
                ? new Answer(
                        200,
                        "application/octet-stream",
                        MAIL_POLICY,
                        mail.attachments().get(index).content())
                : Answer.page(404, pages.missing());
    }

    private List<CaughtMail> chosen(String to) {
        return to.isEmpty() ? mailbox.newestFirst() : mailbox.to(to);
    }

    private String asJson(List<CaughtMail> mails) throws JsonProcessingException {
        ObjectNode answer = json.createObjectNode();
        ArrayNode items = answer.putArray("items");
        for (CaughtMail mail : mails) {
            if (mail.refused()) {
                continue;
            }
            ObjectNode item = items.addObject()
                    .put("id", mail.id())
                    .put("caughtAt", mail.caughtAt().toString())
                    .put("from", mail.from())
                    .put("to", mail.to())
                    .put("subject", mail.subject())
                    .put("language", mail.language())
                    .put("text", mail.text())
                    .put("html", mail.html())
                    .put("calendar", mail.calendar());
            ArrayNode attachments = item.putArray("attachments");
            mail.attachments()
                    .forEach(attachment -> attachments
                            .addObject()
                            .put("name", attachment.name())
                            .put("type", attachment.type())
                            .put("size", attachment.content().size()));
            ArrayNode headers = item.putArray("headers");
            mail.headers()
                    .forEach(header ->
                            headers.addObject().put("name", header.name()).put("value", header.value()));
        }
        return json.writeValueAsString(answer);
    }

    private static String parameter(HttpExchange exchange, String name) {
        String query = exchange.getRequestURI().getRawQuery();
        if (query == null) {
            return "";
        }
        for (String pair : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8)
                        .strip();
            }
        }
        return "";
    }
}
