package org.lectern.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackingServicesTest {

    @TempDir
    Path folder;

    @Test
    void endOfTheCaller_stopsTheEnginesAndLeavesLogsOnly() throws Exception {
        Process stack = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BackingServices.class.getName(),
                        folder.toString(),
                        "fast"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(stack.getInputStream(), StandardCharsets.UTF_8))) {
            assertTrue(lines.lines().anyMatch("READY"::equals));
            assertTrue(Files.isDirectory(folder.resolve("postgres")) && Files.isDirectory(folder.resolve("kafka")));
            stack.getOutputStream().close(); // as when the parent process dies
            assertTrue(stack.waitFor(4, TimeUnit.MINUTES));
        } finally {
            stack.destroyForcibly();
        }
        assertTrue(Files.exists(folder.resolve("postgres.log")));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.filter(Files::isDirectory).toList());
        }
    }
}
