package org.lectern.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lectern.local.FreePort;
import org.lectern.local.TestStack;

/** A built service in its own process, with the settings of a small production pod. */
final class Service implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String name;
    private final Process process;
    private final String base;
    private final URI metrics;
    private final String issuer;
    private final String token;

    /** The scheduler. */
    static Service scheduler(TestStack stack, Path root) throws IOException, InterruptedException {
        return new Service("scheduler", stack, root, Map.of());
    }

    /**
     * @param name {@code scheduler} or {@code notification}
     * @param more additional settings
     */
    Service(String name, TestStack stack, Path root, Map<String, String> more)
            throws IOException, InterruptedException {
        this(name, stack, root, more, Image.of(root, name).cached("-Xmx512m"));
    }

    /** As Maven built it, where the start does not matter. Its lectures have the buffers of a generated city. */
    static Service built(String name, TestStack stack, Path root) throws IOException, InterruptedException {
        return new Service(
                name,
                stack,
                root,
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dlectern.booking.buffers.lecture.setup=15M",
                        "-Dlectern.booking.buffers.lecture.teardown=15M",
                        "-jar",
                        root.resolve(name + "-service/target/quarkus-app/quarkus-run.jar")
                                .toString()));
    }

    private Service(String name, TestStack stack, Path root, Map<String, String> more, List<String> command)
            throws IOException, InterruptedException {
        this.name = name;
        int port = FreePort.any();
        int managementPort = FreePort.any();
        Path log = root.resolve("deploy/bench/target/" + name + "-service-" + port + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("QUARKUS_PROFILE", "local");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", stack.jdbcUrl(name));
        environment.put("QUARKUS_DATASOURCE_USERNAME", name);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", name);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", stack.kafkaBootstrapServers());
        environment.put("QUARKUS_OIDC_AUTH_SERVER_URL", stack.issuer());
        environment.put("LECTERN_MAIL_HOST", "127.0.0.1");
        environment.put("LECTERN_MAIL_PORT", Integer.toString(stack.smtpPort()));
        environment.putAll(more);
        process = builder.start();
        base = "http://127.0.0.1:" + port + "/api/v1";
        metrics = URI.create("http://127.0.0.1:" + managementPort + "/q/metrics");
        awaitReady(URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready"), log);
        issuer = stack.issuer();
        token = token("organizer");
    }

    /** {@code scheduler} or {@code notification}. */
    String name() {
        return name;
    }

    /** The base address of its API. */
    String base() {
        return base;
    }

    /** An organizer's token, valid for an hour. */
    String token() {
        return token;
    }

    /** The sum of all series of a metric. */
    double metric(String name) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Processor time of its just-in-time compilers so far, from {@code /proc}: on Linux only. */
    double compilerSeconds() throws IOException {
        long ticks = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid()), "task"))) {
            for (Path thread : threads) {
                ticks += compilerTicks(thread.resolve("stat"));
            }
        }
        return ticks / 100.0; // USER_HZ, proc_pid_stat(5)
    }

    private static long compilerTicks(Path stat) {
        String line;
        try {
            line = Files.readString(stat);
        } catch (IOException e) {
            return 0; // the thread has ended since it was listed
        }
        int end = line.lastIndexOf(')');
        if (!line.substring(0, end).contains("CompilerThre")) {
            return 0;
        }
        String[] fields = line.substring(end + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    /** The process id. */
    long pid() {
        return process.pid();
    }

    private void awaitReady(URI health, Path log) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline) && !process.waitFor(200, TimeUnit.MILLISECONDS)) {
            try {
                if (http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException e) {
                // not ready yet
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("The service did not become ready, see " + log);
    }

    /** A token of that client of the development identity provider, valid for an hour. */
    String token(String client) throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(issuer + "/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "grant_type=client_credentials&client_secret=none&scope=lectern&client_id=" + client))
                        .build(),
                BodyHandlers.ofString());
        Matcher found = ACCESS_TOKEN.matcher(answer.body());
        if (!found.find()) {
            throw new IllegalStateException("No token from " + issuer);
        }
        return found.group(1);
    }

    /** The latency of the answer in nanoseconds; any status but 200 ends the run. */
    long get(String path) {
        return get(path, token);
    }

    /** The same with another token. */
    long get(String path, String token) {
        return time(path, HttpRequest.newBuilder(URI.create(base + path)), 200, token);
    }

    /** The same for a POST that creates something. */
    long post(String path, String body) {
        return time(
                path,
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                201,
                token);
    }

    private long time(String path, HttpRequest.Builder asked, int expected, String token) {
        HttpRequest request = asked.header("Authorization", "Bearer " + token).build();
        long start = System.nanoTime();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            long took = System.nanoTime() - start;
            if (answer.statusCode() != expected) {
                throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return took;
        } catch (IOException e) {
            throw new IllegalStateException(path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        http.shutdownNow();
    }
}
