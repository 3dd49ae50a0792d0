package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The smoke test calls operations that exist, changes nothing, and fails when a part does not answer as it must. */
class SmokeTest {

    /** Answers as a healthy installation does, except for what SICK names. */
    private static final String CURL = """
            #!/bin/sh
            printf '%s\\037' curl "$@" >> "$CALLS"
            printf '\\036' >> "$CALLS"
            out= status=200
            while [ $# -gt 0 ]; do
                case $1 in
                -o) out=$2; shift ;;
                https://*) address=$1 ;;
                "Authorization: "*) token=$1 ;;
                esac
                shift
            done
            echo '{"items":[{"id":"0190d6a0-0000-7000-8000-000000000001","name":"x"}]}' > "$out"
            case "${SICK:-} $address" in
            *" $S/q/metrics") status=404 ;;
            *" $S/api/"*) [ -n "${token:-}" ] || status=401 ;;
            esac
            case "${SICK:-} $address" in
            "metrics $S/q/metrics") status=200 ;;
            "open $S/api/v1/topics"*) status=200 ;;
            "notification $N/"*) status=503 ;;
            "booking $S/api/v1/bookings"*) status=500 ;;
            "tls $S/console/") echo "certificate has expired" >&2; exit 60 ;;
            esac
            printf %s "$status"
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void curl() throws IOException {
        Path curl = Files.writeString(folder.resolve("curl"), CURL);
        Files.setPosixFilePermissions(curl, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void healthyInstallation_passes() throws Exception {
        Answer answer = smoke("none");
        assertThat(answer.text()).endsWith("Everything answers.\n").contains("OK    A booking is tried");
        assertThat(answer.exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics", "open", "notification", "booking", "tls"})
    void sickPart_fails(String sick) throws Exception {
        Answer answer = smoke(sick);
        assertThat(answer.text()).contains("FAIL  ");
        assertThat(answer.exit()).isOne();
    }

    @Test
    void everyCall_isAnOperationAndChangesNothing() throws Exception {
        smoke("none");
        List<Guide.Call> calls = Guide.read(folder.resolve("calls"));
        assertThat(calls)
                .isNotEmpty()
                .allSatisfy(call -> assertThat(GuideCalls.faults(call)).isEmpty());
        assertThat(calls)
                .filteredOn(call -> call.arguments().contains("-d"))
                .isNotEmpty()
                .allMatch(call -> call.toString().contains("dryRun=true"));
    }

    private record Answer(String text, int exit) {}

    private Answer smoke(String sick) throws Exception {
        ProcessBuilder process =
                new ProcessBuilder(Repository.at("deploy/kubernetes/smoke").toString()).redirectErrorStream(true);
        process.environment().put("PATH", folder + ":/usr/bin:/bin");
        process.environment().put("CALLS", folder.resolve("calls").toString());
        process.environment().put("SICK", sick);
        process.environment().put("S", GuideCalls.SCHEDULER);
        process.environment().put("N", GuideCalls.NOTIFICATION);
        process.environment().put("TOKEN", "token");
        Process started = process.start();
        String text = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(text, started.waitFor());
    }
}
