package org.lectern.chaos.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.lectern.chaos.system.Receivers;

/**
 * The branches' own systems, as one HTTP server. It records every message and the validity of its signature in order of
 * arrival. It accepts each seventh message but answers 503, and asks the sender of each eleventh to retry later:
 * duplicates therefore occur without any fault.
 *
 * <p>Signatures are verified as Standard Webhooks 1.0.0 specifies, without code of the services.
 */
final class ReceivedWebhooks implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNGRATEFUL = 7;
    private static final int BUSY = 11;

    private final HttpServer server;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final List<Receivers.Webhook> messages = new ArrayList<>();

    ReceivedWebhooks() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::receive);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Verifies further messages to this path with this secret. */
    void expectSecret(String path, String secret) {
        secrets.put(path, secret);
    }

    synchronized List<Receivers.Webhook> all() {
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            JsonNode message = JSON.readTree(body);
            String challenge = message.path("data").path("challenge").asText("");
            if (!challenge.isEmpty()) {
                answer(
                        exchange,
                        200,
                        JSON.createObjectNode().put("challenge", challenge).toString());
                return;
            }
            answer(exchange, note(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body, message), "");
        }
    }

    /** The status of the response. */
    private synchronized int note(String path, Headers headers, byte[] body, JsonNode message) {
        int number = messages.size() + 1;
        int status = number % UNGRATEFUL == 0 ? 503 : number % BUSY == 0 ? 429 : 204;
        messages.add(new Receivers.Webhook(
                UUID.fromString(headers.getFirst("webhook-id")),
                path,
                UUID.fromString(message.path("data").path("noticeId").asText()),
                isSigned(path, headers, body),
                digest(body),
                status == 204));
        return status;
    }

    private boolean isSigned(String path, Headers headers, byte[] body) {
        String secret = secrets.getOrDefault(path, "");
        if (secret.isEmpty()) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            mac.update((headers.getFirst("webhook-id") + "." + headers.getFirst("webhook-timestamp") + ".")
                    .getBytes(StandardCharsets.UTF_8));
            String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
            return List.of(headers.getFirst("webhook-signature").split(" ")).contains(expected);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
