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

/** A process whose clock is shifted while it runs. */
class ClockJarTest {

    /** Prints what time it is, by each of the JDK's ways, for every line it reads. */
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
