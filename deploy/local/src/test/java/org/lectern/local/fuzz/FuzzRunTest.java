package org.lectern.local.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs against a server with one operation, in this JVM. */
class FuzzRunTest {

    private static final String DOCUMENT = """
            {"openapi": "3.1.0", "paths": {"/api/v1/things": {"get": {"operationId": "listThings"}}}}""";
    private static final String PROBLEM = "{\"code\":\"not-found\"}";

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private HttpServer server;

    @TempDir
    Path data;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/q/openapi", exchange -> answer(exchange, 200, "application/json", DOCUMENT));
        server.createContext("/", exchange -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            LockSupport.parkNanos(5_000_000); // long enough for another request to arrive
            underWay.decrementAndGet(); // before the answer: the next request may follow at once
            answer(exchange, 404, "application/problem+json", PROBLEM);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            byte[] octets = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, octets.length);
            exchange.getResponseBody().write(octets);
        }
    }

    private void run(int requests, int parallel, int memoryEvery) throws IOException, InterruptedException {
        String url = "http://localhost:" + server.getAddress().getPort();
        Target target = new Target(
                List.of(new Target.Service(
                        "tiny", url, "", ProcessHandle.current().pid())),
                client -> "token",
                "");
        new FuzzRun(target, data, line -> {}, line -> {})
                .run(new FuzzRun.FuzzOptions(
                        1, requests, Duration.ofMinutes(5), "", "listThings", parallel, memoryEvery));
    }

    private List<String> requestsAtSamples() throws IOException {
        return Files.readAllLines(data.resolve("memory.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", -1)[1])
                .toList();
    }

    private List<String> sent() throws IOException {
        return Files.readAllLines(data.resolve("requests.tsv")).stream()
                .map(line -> line.split("\t", -1)[1])
                .sorted()
                .toList();
    }

    private static List<String> names(int requests) {
        return IntStream.range(0, requests)
                .mapToObj(number -> "listThings#" + number)
                .sorted()
                .toList();
    }

    @Test
    void parallelRun_sendsEachRequestOnce() throws Exception {
        run(60, 10, 0);

        assertEquals(names(60), sent());
    }

    @Test
    void sequentialRun_sendsOneRequestAtATime() throws Exception {
        run(10, 1, 0);

        assertEquals(names(10), sent());
        assertEquals(1, most.get());
    }

    @Test
    void memory_isSampledAndTooFewSamplesAreNotJudged() throws Exception {
        run(10, 1, 5);

        List<String> lines = Files.readAllLines(data.resolve("memory.tsv"));
        assertEquals(List.of("5", "10"), requestsAtSamples());
        String[] sample = lines.get(1).split("\t", -1);
        assertEquals("tiny", sample[2]);
        assertTrue(Long.parseLong(sample[3]) > 0 && Long.parseLong(sample[4]) > 0, lines.get(1));
        assertTrue(Files.readString(data.resolve("verdict.json")).contains("not judged"));
        assertTrue(Files.exists(data.resolve("classes-tiny-first.txt")));
    }

    @Test
    void parallelRun_isSampledAtEqualNumbersOfRequests() throws Exception {
        run(60, 10, 20);

        assertEquals(List.of("20", "40", "60"), requestsAtSamples());
    }
}
