package org.lectern.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The local product, started with {@code deploy/local/up --headless} on free ports and fresh data. */
public final class LocalStack implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> PORTS = List.of(
            "scheduler",
            "notification",
            "postgres",
            "kafka",
            "identity",
            "smtp",
            "mailbox",
            "scheduler-management",
            "notification-management");

    private final Path root = root();
    private final Path data;
    private final Path output;
    private final Optional<Process> own;
    private final Properties addresses = new Properties();

    private LocalStack(Path data, Path output, Optional<Process> own) {
        this.data = data;
        this.output = output;
        this.own = own;
    }

    private static LocalStack launch(Path data) throws IOException {
        Path output = data.resolveSibling(data.getFileName() + ".out");
        List<String> command = command("org.lectern.local.Up", "--headless", "--data", data.toString());
        PORTS.forEach(port -> command.addAll(List.of("--" + port + "-port", "0")));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new LocalStack(data, output, Optional.of(process));
    }

    /** Returns once everything is ready and the demonstration data is loaded. */
    public static LocalStack start() throws IOException {
        Path target = Files.createDirectories(root().resolve("deploy/acceptance/target/stacks"));
        LocalStack stack = launch(Files.createTempDirectory(target, "stack"));
        try {
            await("the stack is ready")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(stack::isReady);
            return stack.read();
        } catch (RuntimeException | IOException | AssertionError e) {
            stack.close();
            throw e;
        }
    }

    /** A running stack, not stopped after the tests; {@code state} is the {@code stack.properties} of its data. */
    public static LocalStack running(Path state) throws IOException {
        Path data = state.toAbsolutePath().getParent();
        return new LocalStack(data, data.resolve("none.out"), Optional.empty()).read();
    }

    private LocalStack read() throws IOException {
        try (var state = Files.newBufferedReader(stateFile())) {
            addresses.load(state);
        }
        return this;
    }

    /** The command line of a program of {@code deploy/local}. */
    static List<String> command(String program, String... arguments) throws IOException {
        return command(List.of(), program, arguments);
    }

    /** @param modules modules that come first on the class path, such as {@code deploy/chaos} */
    static List<String> command(List<String> modules, String program, String... arguments) throws IOException {
        Path local = root().resolve("deploy/local");
        String classes = Stream.concat(modules.stream().map(root()::resolve), Stream.of(local))
                .map(module -> module.resolve("target/classes").toString())
                .collect(Collectors.joining(":"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes + ":"
                        + Files.readString(local.resolve("target/stack.classpath"))
                                .strip(),
                program));
        command.addAll(List.of(arguments));
        return command;
    }

    public String address(String name) {
        String address = addresses.getProperty(name);
        assertThat(address).as("address of %s", name).isNotNull();
        return address;
    }

    Path schema(String eventType) {
        return root.resolve("scheduler-service/src/main/resources/contract/schema")
                .resolve(eventType.substring("lectern.".length()) + ".schema.json");
    }

    /** The launcher, its descendants, and the database server, which is no longer a descendant. */
    List<ProcessHandle> processes() throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid"))
                .getFirst()
                .strip());
        ProcessHandle database = ProcessHandle.of(postmaster).orElseThrow();
        return Stream.of(
                        Stream.of(process().toHandle(), database),
                        process().toHandle().descendants(),
                        database.descendants())
                .flatMap(handles -> handles)
                .toList();
    }

    /** Sends SIGTERM and returns the exit code. */
    int terminate() throws InterruptedException {
        Process process = process();
        process.toHandle().destroy();
        assertThat(process.waitFor(4, TimeUnit.MINUTES))
                .as("stopped within a minute: %s", output())
                .isTrue();
        return process.exitValue();
    }

    String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        own.ifPresent(LocalStack::stop);
    }

    private Process process() {
        return own.orElseThrow();
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(4, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private boolean isReady() {
        assertThat(process().isAlive()).as("the stack runs: %s", output()).isTrue();
        return Files.exists(stateFile());
    }

    /** The file with the addresses of the stack. */
    Path stateFile() {
        return data.resolve("stack.properties");
    }

    public static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("deploy/local"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "deploy/local is not above " + Path.of("").toAbsolutePath());
    }
}
