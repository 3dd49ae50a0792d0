package org.lectern.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.lectern.local.demo.DemoData;
import org.lectern.local.demo.Stack;

/**
 * Runs a training load on both services and stores the result of their JVMs: an AOT cache each (JEP 514) of loaded and
 * linked classes, with profiles of hot code. A cache is valid only for the same JVM and the same jars, by path below a
 * common folder, size and modification time. Any other JVM reports that and starts without it.
 */
public final class Training {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String[] READ = {"/branches", "/lecturers", "/venues", "/topics", "/bookings", "/campaigns"};

    private Training() {}

    /**
     * @param arguments the {@code java} to train; the folders with the {@code quarkus-run.jar} of the scheduler and of
     *     the notification service; each gets an {@code app.aot}; then arguments of the JVM, which must match
     *     production as far as they affect the memory layout of objects
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path java = Path.of(arguments[0]).toAbsolutePath();
        List<String> flags = List.of(arguments).subList(3, arguments.length);
        TestStack stack = TestStack.startAlone();
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Trained scheduler = new Trained("scheduler", java, Path.of(arguments[1]), flags, stack);
        Trained notification = new Trained("notification", java, Path.of(arguments[2]), flags, stack);
        try {
            scheduler.awaitReady(http);
            notification.awaitReady(http);
            DemoData.load(
                    new Stack(
                            http,
                            scheduler.url(),
                            notification.url(),
                            stack.mailboxUrl(),
                            stack.kafkaBootstrapServers(),
                            client -> token(stack, client),
                            "token"),
                    DemoData.today(),
                    said -> {});
            for (String path : READ) {
                read(http, scheduler.url() + "/api/v1" + path, token(stack, "organizer"));
            }
            read(http, notification.url() + "/api/v1/deliveries", token(stack, "operator"));
            read(http, notification.url() + "/api/v1/quarantine", token(stack, "operator"));
            for (Trained service : List.of(scheduler, notification)) {
                read(http, service.management() + "/q/metrics", "none");
            }
        } finally {
            notification.end();
            scheduler.end();
        }
        System.exit(0);
    }

    private static String token(TestStack stack, String client) {
        try {
            return Token.fetch(URI.create(stack.issuer()), client);
        } catch (IOException e) {
            throw new UncheckedIOException("The identity provider gave no token", e);
        }
    }

    private static void read(HttpClient http, String url, String token) throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(url + " answers " + answer.statusCode());
        }
    }

    /** A service under training. */
    private static final class Trained {

        private final Path log;
        private final Path cache;
        private final Process process;
        private final int port = FreePort.any();
        private final int management = FreePort.any();

        Trained(String name, Path java, Path app, List<String> flags, TestStack stack) throws IOException {
            cache = app.resolve("app.aot").toAbsolutePath();
            Files.deleteIfExists(cache);
            log = Files.createTempFile("training-" + name, ".log");
            ProcessBuilder builder = new ProcessBuilder()
                    .directory(app.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.command().add(java.toString());
            builder.command().addAll(flags);
            builder.command()
                    .addAll(List.of(
                            "-XX:AOTCacheOutput=" + cache,
                            "-jar",
                            app.resolve("quarkus-run.jar").toAbsolutePath().toString()));
            builder.environment()
                    .putAll(Map.of(
                            "QUARKUS_PROFILE",
                            "local",
                            // as in production
                            "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
                            "true",
                            "QUARKUS_HTTP_PORT",
                            Integer.toString(port),
                            "QUARKUS_MANAGEMENT_PORT",
                            Integer.toString(management),
                            "QUARKUS_DATASOURCE_JDBC_URL",
                            stack.jdbcUrl(name),
                            "QUARKUS_DATASOURCE_USERNAME",
                            name,
                            "QUARKUS_DATASOURCE_PASSWORD",
                            name,
                            "KAFKA_BOOTSTRAP_SERVERS",
                            stack.kafkaBootstrapServers(),
                            "QUARKUS_OIDC_AUTH_SERVER_URL",
                            stack.issuer(),
                            "LECTERN_MAIL_PORT",
                            Integer.toString(stack.smtpPort())));
            process = builder.start();
        }

        String url() {
            return "http://127.0.0.1:" + port;
        }

        String management() {
            return "http://127.0.0.1:" + management;
        }

        void awaitReady(HttpClient http) throws InterruptedException {
            Instant deadline = Instant.now().plus(PATIENCE);
            while (Instant.now().isBefore(deadline) && !process.waitFor(200, TimeUnit.MILLISECONDS)) {
                try {
                    if (http.send(
                                            HttpRequest.newBuilder(URI.create(management() + "/q/health/ready"))
                                                    .build(),
                                            HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // not ready yet
                }
            }
            throw new IllegalStateException("It did not become ready, see " + log);
        }

        /** Stops it with SIGTERM; the JVM writes the cache during its shutdown. */
        void end() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            if (!Files.exists(cache)) {
                throw new IllegalStateException("There is no " + cache + ", see " + log);
            }
            System.out.println(cache);
        }
    }
}
