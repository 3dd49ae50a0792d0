package org.lectern.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lectern.local.fuzz.Target;

/** {@code deploy/local/up --headless} as a process, on free ports and fresh data, which the fuzz may damage. */
final class FuzzStack implements AutoCloseable {

    static final String FOLDER = "stack";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path data;
    private final Path output;
    private final Process process;

    /** @param folder the folder for data and output of the stack */
    FuzzStack(Running running, Path folder) {
        data = folder.resolve(FOLDER);
        output = folder.resolve("stack.out");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.lectern.local.Up",
                "--headless",
                "--data",
                data.toString()));
        for (Options.Port port : Options.Port.values()) {
            command.addAll(List.of("--" + port.option(), "0"));
        }
        Watchdog watchdog = running.start(Watchdog::new);
        try {
            Files.createDirectories(data);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("The stack did not start", e);
        }
        watchdog.watchService(process.pid());
    }

    /** Waits for the file with the addresses, and returns it. */
    Path awaitReady() throws IOException, InterruptedException {
        Path state = data.resolve(StateFile.NAME);
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!Files.exists(state)) {
            if (process.waitFor(200, TimeUnit.MILLISECONDS) || Instant.now().isAfter(deadline)) {
                throw new ServiceProcess.Failed("The stack did not start:\n" + Files.readString(output));
            }
        }
        return state;
    }

    /** The first replica of each service, and tokens of the development identity provider. */
    static Target target(StackDescription description) {
        URI issuer = URI.create(description.text("issuer"));
        return new Target(
                List.of(service(description, "scheduler"), service(description, "notification")),
                client -> Token.fetch(issuer, client),
                description.text("mailbox", ""));
    }

    private static Target.Service service(StackDescription description, String name) {
        return new Target.Service(
                name,
                description.addresses(name).getFirst(),
                description.text(name + ".management", ""),
                pid(description, name + "-service"));
    }

    /** The process id of the service that the stack's launcher started; 0 if none runs on this machine. */
    private static long pid(StackDescription description, String service) {
        String launcher = description.text("pid", "");
        if (launcher.isEmpty()) {
            return 0;
        }
        return ProcessHandle.of(Long.parseLong(launcher)).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(process -> process.info().commandLine().orElse("").contains("/" + service + "/target/"))
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
