package org.lectern.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run of {@code deploy/local/fuzz} with a fixed seed: hostile requests to every operation of both services. */
@Tag("proof")
class FuzzIT {

    private static final int REQUESTS = 1500;
    private static final int MINUTES_AT_MOST = 10;

    private static JsonNode verdict;
    private static String output;

    @BeforeAll
    static void run() throws Exception {
        Path target = Files.createDirectories(LocalStack.root().resolve("deploy/acceptance/target"));
        Path data = target.resolve("fuzz");
        Path log = target.resolve("fuzz.out");
        List<String> command = LocalStack.command(
                "org.lectern.local.Fuzz",
                "--seed",
                "24",
                "--requests",
                Integer.toString(REQUESTS),
                "--data",
                data.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(MINUTES_AT_MOST, TimeUnit.MINUTES))
                    .as("the run ends")
                    .isTrue();
        } finally {
            process.destroy();
            output = Files.readString(log, StandardCharsets.UTF_8);
        }
        assertThat(data.resolve("verdict.json")).as(output).exists();
        verdict = new ObjectMapper().readTree(data.resolve("verdict.json").toFile());
    }

    @Test
    void everyOperation_isSentRequests() {
        assertThat(verdict.path("requests").asInt()).as(output).isEqualTo(REQUESTS);
        assertThat(verdict.path("operations").asInt()).as(output).isGreaterThan(130);
        assertThat(verdict.path("answers").path("2xx").asInt())
                .as("requests that got through validation")
                .isGreaterThan(REQUESTS / 10);
    }

    @Test
    void hostileRequests_breakNoRule() {
        assertThat(verdict.path("findings")).as(output).isEmpty();
    }
}
