package org.lectern.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The branches' own systems, as one HTTP server that accepts everything at once and records the time of arrival. */
final class Receiver implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<UUID, Instant> first = new ConcurrentHashMap<>();
    private final AtomicInteger messages = new AtomicInteger();

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** When the first message about each booking arrived. */
    Map<UUID, Instant> first() {
        return first;
    }

    int messages() {
        return messages.get();
    }

    /** Forgets all arrivals. */
    void clear() {
        first.clear();
        messages.set(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        Instant now = Instant.now();
        try (exchange) {
            JsonNode message = JSON.readTree(exchange.getRequestBody().readAllBytes());
            String booking = message.path("data").path("bookingId").asText("");
            if (!booking.isEmpty()) {
                first.putIfAbsent(UUID.fromString(booking), now);
            }
            messages.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
