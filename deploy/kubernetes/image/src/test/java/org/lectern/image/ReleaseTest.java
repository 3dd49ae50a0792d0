package org.lectern.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The metadata of a release, and its required options. */
class ReleaseTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String DIGEST = "ab".repeat(32);
    private static final Map<String, String> OPTIONS = Map.of(
            "--version", "1.2.3",
            "--revision", COMMIT,
            "--source", "https://git.example.org/lectern",
            "--licenses", "EUPL-1.2",
            "--from", "registry.example.org:5000/os/base:13@sha256:" + DIGEST);
    private static final FileTime TIME = FileTime.from(Instant.ofEpochSecond(1735689600));

    @TempDir
    Path folder;

    private Path jre;
    private Path jars;

    @BeforeEach
    void staged() throws IOException {
        jre = Files.createDirectories(folder.resolve("jre"));
        Files.createDirectories(jre.resolve("lib"));
        Files.writeString(jre.resolve("lib/modules"), "modules");
        Files.writeString(
                jre.resolve("release"),
                "JAVA_VERSION=\"25.0.3\"\nJAVA_RUNTIME_VERSION=\"25.0.3+9-LTS\"\nIMPLEMENTOR=\"Some Vendor\"\n");
        jars = Files.writeString(folder.resolve("bom.json"), """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
                  {"type": "library", "name": "a", "version": "1", "purl": "pkg:maven/g/a@1"}]}""");
    }

    private static Map<String, String> with(String option, String value) {
        Map<String, String> options = new HashMap<>(OPTIONS);
        if (value == null) {
            options.remove(option);
        } else {
            options.put(option, value);
        }
        return options;
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "--revision", "--source", "--licenses", "--from"})
    void missingFact_isDemanded(String option) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Release.of(with(option, null)))
                .withMessageContaining(option);
    }

    @ParameterizedTest
    @CsvSource({
        "--from, debian:stable-slim",
        "--from, debian@sha256:abc",
        "--from, tar://base.tar",
        "--revision, main",
        "--revision, changed",
        "--source, ' '"
    })
    void movingName_isRefused(String option, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Release.of(with(option, value)))
                .withMessageContaining(option);
    }

    @Test
    void bill_namesJarsJvmAndBase() throws IOException {
        Path bill = BillOfMaterials.write(jars, jre, Release.of(OPTIONS), TIME);

        JsonNode components = JSON.readTree(bill.toFile()).path("components");
        assertThat(components)
                .extracting(each ->
                        each.path("type").asText() + " " + each.path("purl").asText())
                .containsExactly(
                        "library pkg:maven/g/a@1",
                        "platform pkg:generic/openjdk@25.0.3%2B9-LTS",
                        "container pkg:oci/base@sha256%3A" + DIGEST
                                + "?repository_url=registry.example.org:5000/os/base");
        assertThat(components.at("/1/supplier/name").asText()).isEqualTo("Some Vendor");
        assertThat(components.at("/2/hashes/0/content").asText()).isEqualTo(DIGEST);
    }

    @Test
    void bill_isTheSameForTheSameFiles() throws IOException {
        byte[] first = Files.readAllBytes(BillOfMaterials.write(jars, jre, Release.of(OPTIONS), TIME));
        Path again = BillOfMaterials.write(jars, jre, Release.of(OPTIONS), TIME);

        assertThat(again).hasBinaryContent(first);
        assertThat(Files.getLastModifiedTime(again)).isEqualTo(TIME);
    }

    @Test
    void jvmWithoutAVersion_makesNoBill() throws IOException {
        Files.writeString(jre.resolve("release"), "IMPLEMENTOR=\"Some Vendor\"\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> BillOfMaterials.write(jars, jre, null, TIME))
                .withMessageContaining("version of Java");
    }

    @Test
    void quickBuild_makesNoBill() throws IOException {
        Files.delete(jars);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> BillOfMaterials.write(jars, jre, null, TIME))
                .withMessageContaining("-Dquick");
    }

    @Test
    void provenance_bindsTheImageToWhatItWasMadeOf() throws IOException {
        Release release = Release.of(OPTIONS);
        Path bill = BillOfMaterials.write(jars, jre, release, TIME);
        JsonNode statement = JSON.readTree(Provenance.write(
                        folder.resolve("provenance.json"),
                        "scheduler-service",
                        "registry.example.org/lectern/scheduler-service",
                        "sha256:" + "cd".repeat(32),
                        release,
                        jre,
                        bill)
                .toFile());

        assertThat(statement.path("_type").asText()).isEqualTo("https://in-toto.io/Statement/v1");
        assertThat(statement.path("predicateType").asText()).isEqualTo("https://slsa.dev/provenance/v1");
        assertThat(statement.at("/subject/0/digest/sha256").asText()).isEqualTo("cd".repeat(32));
        JsonNode definition = statement.at("/predicate/buildDefinition");
        assertThat(definition.at("/externalParameters/base").asText()).isEqualTo(OPTIONS.get("--from"));
        assertThat(definition.at("/resolvedDependencies/0/digest/gitCommit").asText())
                .isEqualTo(COMMIT);
        assertThat(definition.at("/resolvedDependencies/1/digest/sha256").asText())
                .isEqualTo(DIGEST);
        assertThat(definition.at("/resolvedDependencies/2/digest/sha256").asText())
                .isEqualTo(Provenance.sha256(jre.resolve("lib/modules")));
        assertThat(statement
                        .at("/predicate/runDetails/byproducts/0/digest/sha256")
                        .asText())
                .isEqualTo(Provenance.sha256(bill));
        assertThat(statement.at("/predicate/runDetails/builder/id").asText()).isEqualTo(Release.BUILDER);
    }

    @ParameterizedTest
    @CsvSource({
        "lib/linux-x86_64/liba.so, amd64, ''",
        "lib/linux-x86_64/liba.so, arm64, a.jar",
        "org/x/native/Linux/aarch64/liba.so, arm64, ''",
        "org/x/native/Linux/android-aarch64/liba.so, amd64, ''",
        "META-INF/native/libnetty_transport_native_epoll_aarch_64.so, amd64, a.jar",
        "META-INF/native/libnetty_transport_native_epoll_aarch_64.so, arm64, ''",
        "freebsd/amd64/liba.so, arm64, ''",
        "lib/liba.so, amd64, a.jar",
        "lib/linux/s390x/liba.so, amd64, a.jar",
        "lib/a.class, amd64, ''"
    })
    void machineCode_isFoundByArchitecture(String entry, String architecture, String missing) throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        try (var jar = new ZipOutputStream(Files.newOutputStream(lib.resolve("a.jar")))) {
            jar.putNextEntry(new ZipEntry(entry));
        }

        List<String> found = NativeLibraries.missing(lib, architecture);
        assertThat(found).hasSize(missing.isEmpty() ? 0 : 1).allMatch(each -> each.startsWith(missing));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduler-service", "notification-service"})
    void packagedService_runsOnBothArchitectures(String service) throws IOException {
        Path lib = Path.of("../../..", service, "target/quarkus-app/lib");
        assumeTrue(Files.isDirectory(lib), lib + " is not packaged");

        // Maven takes brotli4j's machine code for the machine that builds: each image is staged on its own architecture
        assertThat(NativeLibraries.missing(lib, "amd64")).noneMatch(each -> !each.contains("brotli4j.native-linux"));
        assertThat(NativeLibraries.missing(lib, "arm64")).noneMatch(each -> !each.contains("brotli4j.native-linux"));
    }
}
