package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The preflight finds what a cluster lacks, one lack at a time, and only reads. */
class PreflightTest {

    /** Answers as a healthy cluster does, except for what SICK names. */
    private static final String CLUSTER = """
            #!/bin/sh
            printf '%s\\n' "$*" >> "$CALLS"
            case "$SICK $*" in
            *" kustomize "*) cat "$RENDERED" ;;
            "server get --raw /version") exit 1 ;;
            "old get --raw /version") echo '{"major": "1", "minor": "29+"}' ;;
            *"get --raw /version") echo '{"major": "1", "minor": "31"}' ;;
            "kinds api-versions") sed -n 's/^apiVersion: //p' "$RENDERED" | grep -v keda ;;
            *" api-versions") sed -n 's/^apiVersion: //p' "$RENDERED" ;;
            "operator -n keda get deployments"*) ;;
            *"get deployments"*) echo deployment.apps/operator ;;
            "nodes get nodes"*) printf 'a z1 amd64 \\nb z2 amd64 \\nc z3 amd64 true\\n' ;;
            "zones get nodes"*) printf 'a  amd64 \\nb  amd64 \\nc  amd64 \\n' ;;
            "mixed get nodes"*) printf 'a z1 amd64 \\nb z2 arm64 \\nc z3 amd64 \\n' ;;
            *"get nodes"*) printf 'a z1 amd64 \\nb z2 amd64 \\nc z3 amd64 \\n' ;;
            "storage get storageclass"*) printf 'slow||true\\n' ;;
            "fixed get storageclass"*) printf 'fast|true|false\\n' ;;
            *"get storageclass"*) printf 'slow||true\\nfast|true|true\\n' ;;
            "metrics get apiservice"*) echo False ;;
            *"get apiservice"*) echo True ;;
            "catalog get clusterimagecatalog"*) echo 16 17 ;;
            *"get clusterimagecatalog"*) echo 17 18 ;;
            "gateway -n gateway get gateway"*) echo http ;;
            *"get gateway public"*) echo http https ;;
            "proxy -n gateway get pods"*) ;;
            *"get pods"*) echo pod/proxy ;;
            "store get clustersecretstore"*) echo False ;;
            *"get clustersecretstore"*) echo True ;;
            "secret -n lectern get secret scheduler-session"*) exit 1 ;;
            *"get secret"*) echo secret/there ;;
            *) echo "unexpected: $*" >&2; exit 9 ;;
            esac
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void cluster() throws IOException {
        Path kubectl = folder.resolve("kubectl");
        Files.writeString(kubectl, CLUSTER);
        Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwx------"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "staging", "bring-your-own"})
    void healthyCluster_needsNoFix(String overlay) throws Exception {
        Answer answer = preflight(overlay, filledIn(overlay), "nothing");
        assertThat(answer.text()).endsWith("Nothing needs a fix.\n").doesNotContain("FIX", "NOTE");
        assertThat(answer.exit()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "server; No cluster answers",
                "old; Kubernetes is 1.29",
                "kinds; keda.sh/v1alpha1 is not served",
                "operator; There is no operator in the namespace keda",
                "nodes; 2 nodes take pods, 3 are needed",
                "zones; Nodes are in 0 zones, 3 nodes say none",
                "storage; There is no default StorageClass",
                "metrics; Metrics of pods are not served",
                "catalog; There is no ClusterImageCatalog postgresql with major 18",
                "gateway; There is no Gateway public with a listener https",
                "proxy; No pod of a gateway runs in the namespace gateway",
                "store; The ClusterSecretStore lectern is not ready"
            })
    void lackingCluster_needsAFix(String sick, String fix) throws Exception {
        Answer answer = preflight("production", filledIn("production"), sick);
        assertThat(answer.text()).contains("FIX   " + fix);
        assertThat(answer.exit()).isOne();
    }

    @Test
    void missingSecret_needsAFix() throws Exception {
        Answer answer = preflight("staging", filledIn("staging"), "secret");
        assertThat(answer.text()).contains("FIX   The secret scheduler-session is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"mixed; Nodes are amd64 arm64", "fixed; Volumes of fast cannot grow"})
    void doubtfulCluster_isNoted(String sick, String note) throws Exception {
        Answer answer = preflight("production", filledIn("production"), sick);
        assertThat(answer.text()).contains("NOTE  " + note);
        assertThat(answer.exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "staging", "bring-your-own"})
    void sampleValues_areRefused(String overlay) throws Exception {
        String sample = Repository.read("deploy/kubernetes/rendered/" + overlay + ".yaml");
        Answer answer = preflight(overlay, sample, "nothing");
        assertThat(answer.text())
                .contains("FIX   Sample values are left", "FIX   An image is named without its digest");
        assertThat(answer.exit()).isPositive();
    }

    @Test
    void preflight_onlyReads() throws Exception {
        preflight("production", filledIn("production"), "nothing");
        preflight("staging", filledIn("staging"), "nothing");
        assertThat(Files.readAllLines(folder.resolve("calls")))
                .isNotEmpty()
                .allMatch(call -> call.matches("(-n \\S+ )?(get|kustomize|api-versions)( .*)?"));
    }

    /** The overlay as after filling in its site.env. */
    private static String filledIn(String overlay) {
        return Repository.read("deploy/kubernetes/rendered/" + overlay + ".yaml")
                .replace("example.org", "city.cn")
                .replaceAll("cidr: (192\\.0\\.2|198\\.51\\.100|203\\.0\\.113)\\.0/24", "cidr: 10.1.0.0/24")
                .replaceAll("(image: \\S+):1\\.0\\.0", "$1@sha256:" + "0".repeat(64));
    }

    private record Answer(String text, int exit) {}

    private Answer preflight(String overlay, String rendered, String sick) throws Exception {
        Path file = Files.writeString(folder.resolve("rendered"), rendered);
        ProcessBuilder process = new ProcessBuilder(
                        Repository.at("deploy/kubernetes/preflight").toString(),
                        Repository.at("deploy/kubernetes/overlays/" + overlay).toString())
                .redirectErrorStream(true);
        process.environment()
                .put(
                        "PATH",
                        Stream.of(folder.toString(), "/usr/bin", "/bin")
                                .reduce((a, b) -> a + ":" + b)
                                .orElseThrow());
        process.environment().put("RENDERED", file.toString());
        process.environment().put("CALLS", folder.resolve("calls").toString());
        process.environment().put("SICK", sick);
        Process started = process.start();
        String text = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(text, started.waitFor());
    }
}
