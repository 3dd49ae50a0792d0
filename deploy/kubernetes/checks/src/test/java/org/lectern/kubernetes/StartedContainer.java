package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A container of {@code crun}, without control groups: a machine may have none that it may change, so limits are not
 * tested. crun refuses the mixture of both versions of control groups; it sees version 2 alone, in a mount namespace of
 * its own.
 */
final class StartedContainer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path state;
    private final String id;
    private final Process process;
    private final Path log;

    private StartedContainer(Path state, String id, Process process, Path log) {
        this.state = state;
        this.id = id;
        this.process = process;
        this.log = log;
    }

    static StartedContainer start(OciBundle bundle) {
        try {
            Path state = Files.createDirectories(bundle.folder().resolve("state"));
            String id = "lectern-" + ProcessHandle.current().pid() + "-"
                    + bundle.folder().getFileName();
            Path log = bundle.folder().resolve("log.txt");
            Process process = new ProcessBuilder(command(
                            state,
                            "run",
                            "--bundle",
                            bundle.folder().toAbsolutePath().toString(),
                            id))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new StartedContainer(state, id, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path state, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount -t cgroup2 none /sys/fs/cgroup && exec \"$@\"",
                "crun",
                "crun",
                "--root",
                state.toAbsolutePath().toString(),
                "--cgroup-manager=disabled"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Waits until this probe of the manifest answers 200. */
    void until(String probe, int port) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (answer(probe, port) != 200) {
            assertThat(process.isAlive()).as("it runs: %s", output()).isTrue();
            assertThat(Instant.now()).as("%s answers: %s", probe, output()).isBefore(deadline);
            process.waitFor(200, TimeUnit.MILLISECONDS);
        }
    }

    private static int answer(String path, int port) throws InterruptedException {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** What the kernel says of the process in the container. */
    Confinement confinement() throws IOException, InterruptedException {
        JsonNode known = new ObjectMapper().readTree(crun("state", id));
        Path process = Path.of("/proc", known.path("pid").asText());
        return new Confinement(
                Files.readString(process.resolve("status")), Files.readString(process.resolve("mountinfo")));
    }

    /** Sends SIGTERM as a kubelet does; the exit code. */
    int stopped() throws IOException, InterruptedException {
        crun("kill", id, "TERM");
        return ended();
    }

    /** The exit code, once it ends by itself. */
    int ended() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("it ends: %s", output())
                .isTrue();
        return process.exitValue();
    }

    String output() {
        return Repository.read(log);
    }

    private String crun(String... arguments) throws IOException, InterruptedException {
        Process crun = new ProcessBuilder(command(state, arguments))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(crun.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        crun.waitFor();
        return said;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (process.isAlive()) {
            crun("kill", id, "KILL");
            process.waitFor(30, TimeUnit.SECONDS);
        }
        process.destroyForcibly();
    }
}
