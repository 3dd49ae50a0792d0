package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lectern.local.TestStack;

/** Organizers and branches who use running services, and a verdict on the promises. */
final class JudgedWork implements AutoCloseable {

    private final Process process;
    private final Path log;

    private JudgedWork(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Returns at once.
     *
     * @param folder folder of its output
     * @param stack the stack of the services, except Kafka
     * @param minutes length of the load; the verdict takes some seconds more
     */
    static JudgedWork begin(
            Path folder,
            StartedService scheduler,
            StartedService notification,
            TestStack stack,
            String kafka,
            String minutes)
            throws IOException {
        Path described = folder.resolve("system.properties");
        Files.write(
                described,
                List.of(
                        "scheduler=" + scheduler.url(),
                        "notification=" + notification.url(),
                        "postgres.scheduler=" + stack.jdbcUrl("scheduler"),
                        "postgres.notification=" + stack.jdbcUrl("notification"),
                        "issuer=" + stack.issuer(),
                        "kafka=" + kafka));
        Path log = folder.resolve("chaos.out");
        Process process = new ProcessBuilder(StartedBroker.program(
                        "org.lectern.chaos.Chaos",
                        "--against",
                        described.toString(),
                        "--minutes",
                        minutes,
                        "--data",
                        folder.resolve("run").toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new JudgedWork(process, log);
    }

    void goesOn() {
        assertThat(process.isAlive())
                .as("organizers are at work: %s", Repository.read(log))
                .isTrue();
    }

    /** Waits for the verdict and asserts that every promise was kept. */
    void foundEveryPromiseKept() throws InterruptedException {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("the run ends").isTrue();
        assertThat(process.exitValue()).as(Repository.read(log)).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
