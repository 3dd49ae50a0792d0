package org.lectern.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A run of {@code deploy/chaos/chaos} that kept every promise: its verdict and its output. */
record ChaosRun(JsonNode verdict, String output) {

    private static final int MINUTES_AT_MOST = 10;

    /** Runs it in a folder of that name below {@code target}. */
    static ChaosRun of(String name, String... options) throws Exception {
        Path target = Files.createDirectories(LocalStack.root().resolve("deploy/acceptance/target"));
        Path data = target.resolve(name);
        Path log = target.resolve(name + ".out");
        String[] all = Stream.concat(Stream.of(options), Stream.of("--data", data.toString()))
                .toArray(String[]::new);
        Process process = new ProcessBuilder(
                        LocalStack.command(List.of("deploy/chaos"), "org.lectern.chaos.Chaos", all))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        String output;
        try {
            assertThat(process.waitFor(MINUTES_AT_MOST, TimeUnit.MINUTES))
                    .as("the run ends")
                    .isTrue();
        } finally {
            process.destroy();
            output = Files.readString(log, StandardCharsets.UTF_8);
        }
        assertThat(data.resolve("verdict.json")).as(output).exists();
        JsonNode verdict =
                new ObjectMapper().readTree(data.resolve("verdict.json").toFile());
        assertThat(process.exitValue()).as(output).isZero();
        return new ChaosRun(verdict, output);
    }
}
