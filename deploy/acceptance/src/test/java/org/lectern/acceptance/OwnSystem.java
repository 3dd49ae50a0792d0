package org.lectern.acceptance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A branch's own system: it passes the verification of its webhook, and records the trace of each message. */
final class OwnSystem implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<String> traces = new CopyOnWriteArrayList<>();

    OwnSystem() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** The header {@code traceparent} of each message, in order. */
    List<String> traces() {
        return traces;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String challenge = JSON.readTree(exchange.getRequestBody())
                    .path("data")
                    .path("challenge")
                    .asText();
            if (challenge.isEmpty()) {
                traces.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            }
            byte[] answer = JSON.createObjectNode()
                    .put("challenge", challenge)
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
