package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A Kafka broker as a process, with Lectern's topics. */
final class StartedBroker implements AutoCloseable {

    private final Path folder;
    private final List<String> command;
    private Process process;

    private StartedBroker(Path folder, List<String> command) throws IOException {
        this.folder = folder;
        this.command = command;
        process = begin();
    }

    /**
     * Returns once it is ready.
     *
     * @param folder its data folder
     * @param more additional Kafka settings
     */
    static StartedBroker start(Path folder, int port, int controllerPort, Properties more) throws IOException {
        StartedBroker broker = begin(folder, port, controllerPort, more);
        broker.untilReady();
        return broker;
    }

    /** Returns at once: one broker of a cluster is ready only when the others are. */
    static StartedBroker begin(Path folder, int port, int controllerPort, Properties more) throws IOException {
        Path settings = Files.createDirectories(folder).resolve("broker.properties");
        try (var out = Files.newOutputStream(settings)) {
            more.store(out, null);
        }
        return new StartedBroker(
                folder,
                program(
                        "org.lectern.local.Broker",
                        folder.toString(),
                        Integer.toString(port),
                        Integer.toString(controllerPort),
                        Integer.toString(port),
                        settings.toString()));
    }

    void untilReady() throws IOException {
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); !"READY".equals(line); line = lines.readLine()) {
            assertThat(line).as(Repository.read(folder.resolve("broker.err"))).isNotNull();
        }
    }

    /** Kills it, as the failure of its node would. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Restarts it with its data. */
    void startAgain() throws IOException {
        process = begin();
        untilReady();
    }

    private Process begin() throws IOException {
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("broker.err").toFile())
                .start();
    }

    /** The command line of a program of {@code deploy/local} or {@code deploy/chaos}. */
    static List<String> program(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Repository.at("deploy/chaos/target/classes") + ":" + Repository.at("deploy/local/target/classes") + ":"
                        + Repository.read("deploy/local/target/stack.classpath").strip(),
                name));
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    public void close() {
        kill();
    }
}
