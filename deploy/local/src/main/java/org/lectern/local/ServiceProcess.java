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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One of the services, as a separate process. */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int TAIL = 40;

    private final String name;
    private final Path log;
    private final Process process;

    /** The service ended by itself, or never became ready. */
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failed(String message) {
            super(message);
        }
    }

    private ServiceProcess(String name, Path log, ProcessBuilder builder, Map<String, String> settings) {
        this.name = name;
        this.log = log;
        // Variables of the developer's shell must not affect the stack.
        builder.environment()
                .keySet()
                .removeIf(key -> Stream.of("QUARKUS_", "KAFKA_", "MP_", "LECTERN_", "SMALLRYE_", "JAVA_TOOL_OPTIONS")
                        .anyMatch(key::startsWith));
        builder.environment().putAll(settings);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " did not start", e);
        }
    }

    /** Starts a service from its built jar; its output goes to {@code log}. */
    public static ServiceProcess ofJar(String name, Path jar, Path log, Map<String, String> settings) {
        if (!Files.exists(jar)) {
            throw new Failed(name + " is not built: " + jar + " is missing. deploy/local/up builds it.");
        }
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-jar",
                        jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        return new ServiceProcess(name, log, builder, settings);
    }

    /**
     * Starts a service from its sources in Quarkus' development mode; it owns the terminal and listens for a debugger.
     */
    static ServiceProcess ofSources(String name, Path root, Path log, Map<String, String> settings) {
        ProcessBuilder builder = new ProcessBuilder(
                        root.resolve("mvnw").toString(),
                        "-B",
                        "-ntp",
                        "-q",
                        "-Dquick",
                        "-Dmaven.test.skip=true",
                        "-Dquarkus.analytics.disabled=true", // its prompt would block the start
                        "-Dquarkus.test.continuous-testing=disabled",
                        "-pl",
                        name,
                        "-am",
                        "quarkus:dev")
                .inheritIO();
        // Maven finishes before its second compiler would pay off
        builder.environment().putIfAbsent("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        return new ServiceProcess(name, log, builder, settings);
    }

    String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when the process ends, expectedly or not. */
    public CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Returns once {@code health} answers 200. */
    public void awaitReady(HttpClient http, URI health) throws InterruptedException {
        awaitReady(http, health, PATIENCE);
    }

    /** The same, with a maximum wait. */
    public void awaitReady(HttpClient http, URI health, Duration patience) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
        Instant deadline = Instant.now().plus(patience);
        String last = "no answer";
        while (Instant.now().isBefore(deadline)) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new Failed(name + " stopped while starting, with code " + process.exitValue() + ".\n" + tail());
            }
            try {
                var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return;
                }
                last = answer.body();
            } catch (IOException e) {
                last = "no answer";
            }
        }
        throw new Failed(
                name + " is not ready after " + patience.toSeconds() + " s. Its health: " + last + "\n" + tail());
    }

    public boolean isReady(HttpClient http, URI health) {
        try {
            return http.send(
                                    HttpRequest.newBuilder(health)
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The last lines of the service's output. */
    String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return "The last lines of " + log + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException e) {
            return "Its log " + log + " cannot be read: " + e.getMessage();
        }
    }

    /** Kills it as {@code kill -9} does, and waits until it has ended. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops the service with SIGTERM, and kills it after ten seconds. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
