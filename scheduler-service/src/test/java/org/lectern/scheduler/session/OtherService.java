package org.lectern.scheduler.session;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Stands for the notification service: answers with what it got. */
public final class OtherService implements QuarkusTestResourceLifecycleManager {

    private final CountDownLatch goOn = new CountDownLatch(1);
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/echo", exchange -> {
            String got = exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\nauthorization="
                    + exchange.getRequestHeaders().getFirst("Authorization") + "\ncookie="
                    + exchange.getRequestHeaders().getFirst("Cookie") + "\nbody="
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.getResponseHeaders().put("Set-Cookie", List.of("stolen=1"));
            exchange.getResponseHeaders().put("ETag", List.of("\"7\""));
            exchange.getResponseHeaders().put("Content-Type", List.of("text/plain"));
            byte[] bytes = got.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(207, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.createContext("/api/v1/go-on", exchange -> {
            goOn.countDown();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.createContext("/api/v1/stream", exchange -> {
            exchange.getResponseHeaders().put("Content-Type", List.of("text/event-stream"));
            exchange.sendResponseHeaders(200, 0);
            var out = exchange.getResponseBody();
            out.write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            try {
                goOn.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            out.write("data: 2\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        return Map.of(
                "lectern.session.peer",
                "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
