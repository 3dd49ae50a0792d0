package org.lectern.chaos.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shifts the clock of a running process. */
class ClockJarTest {

    /** For every line it reads, prints the time from each clock of the JDK. */
    static final class Program {

        public static void main(String[] arguments) throws Exception {
            var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (lines.readLine() != null) {
                System.out.println(
                        System.currentTimeMillis() + " " + Instant.now().toEpochMilli() + " " + new Date().getTime());
            }
        }
    }

    @Test
    void processSeesTheShiftedTime(@TempDir Path folder) throws Exception {
        ClockJar clocks = new ClockJar(folder);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        clocks.option("program"),
                        "-cp",
                        Path.of(Program.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                                .toString(),
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            for (Duration by : new Duration[] {Duration.ZERO, Duration.ofMinutes(4), Duration.ofMinutes(-4)}) {
                assertTrue(clocks.shift("program", by), "shifted by " + by);
                process.outputWriter().write("what time is it?\n");
                process.outputWriter().flush();
                String answer = process.inputReader().readLine();
                for (String millis : answer.split(" ")) {
                    long seconds = (Long.parseLong(millis) - System.currentTimeMillis()) / 1000;
                    assertEquals(by.toSeconds(), seconds, 5.0, answer);
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
