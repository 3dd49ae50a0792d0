package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.lectern.local.FreePort;
import org.lectern.local.TestStack;

/** A built service as a process, with the variables of a container. */
final class StartedService implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;
    private final int port;
    private final int management;

    private StartedService(Process process, Path log, int port, int management) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.management = management;
    }

    static StartedService start(String service, Map<String, String> variables, String... arguments) {
        return start(service, FreePort.any(), variables, arguments);
    }

    /** The same at an address that others know beforehand. */
    static StartedService start(String service, int port, Map<String, String> variables, String... arguments) {
        try {
            int management = FreePort.any();
            Path log = Files.createTempFile(Files.createDirectories(Path.of("target/started")), service, ".log");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    Repository.at(service + "-service/target/quarkus-app/quarkus-run.jar")
                            .toString()));
            command.addAll(List.of(arguments));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(variables);
            builder.environment()
                    .putAll(Map.of(
                            "QUARKUS_HTTP_HOST",
                            "127.0.0.1",
                            "QUARKUS_HTTP_PORT",
                            Integer.toString(port),
                            "QUARKUS_MANAGEMENT_HOST",
                            "127.0.0.1",
                            "QUARKUS_MANAGEMENT_PORT",
                            Integer.toString(management)));
            return new StartedService(builder.start(), log, port, management);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A container's variables from those manifests, with the addresses and credentials of the stack. */
    static Map<String, String> variables(Manifests manifests, String service, TestStack stack) {
        Map<String, String> variables =
                new TreeMap<>(SettingsRules.variables(manifests, manifests.one("Deployment", service)));
        variables.keySet().removeIf(name -> name.contains("OTLP") || name.contains("FLYWAY"));
        variables.putAll(Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                stack.jdbcUrl(service),
                "QUARKUS_DATASOURCE_USERNAME",
                service,
                "QUARKUS_DATASOURCE_PASSWORD",
                service,
                "LECTERN_TRACING_EXPORT",
                "false",
                "QUARKUS_OIDC_AUTH_SERVER_URL",
                stack.issuer(),
                "LECTERN_SECRETS_KEYS",
                "one:bm90IGEgc2VjcmV0LCBvbmx5IGZvciBkZXZlbG9wbWU=",
                "QUARKUS_PROFILE", // other profiles refuse the development identity provider
                "local"));
        return variables;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The exit code, once it ends by itself. */
    int ended() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("it ends: %s", output())
                .isTrue();
        return process.exitValue();
    }

    void untilReady() throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!isReady()) {
            assertThat(process.isAlive()).as("it runs: %s", output()).isTrue();
            assertThat(Instant.now()).as("it is ready: %s", output()).isBefore(deadline);
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
    }

    /** What Prometheus would read. */
    String metrics() throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/q/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private boolean isReady() throws InterruptedException {
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(
                                                    URI.create("http://127.0.0.1:" + management + "/q/health/ready"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends SIGTERM as a node does, and returns how long the stop took. */
    Duration stopped() throws InterruptedException {
        Instant begin = Instant.now();
        process.destroy();
        ended();
        return Duration.between(begin, Instant.now());
    }

    String output() {
        return Repository.read(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
