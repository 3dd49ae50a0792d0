package org.lectern.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image made without a daemon matches that of the Dockerfile, and its files match the AOT cache. */
class ServiceImageTest {

    private static final String SERVICE = "scheduler-service";
    private static final Instant STAGED = Instant.ofEpochSecond(1735689600);
    private static final Path DOCKERFILE = Path.of("Dockerfile");
    private static final String BILL = "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"components\": []}";
    private static final Release RELEASE = new Release(
            "1.2.3",
            "0123456789abcdef0123456789abcdef01234567",
            "https://git.example.org/lectern",
            "EUPL-1.2",
            "registry.example.org/base@sha256:" + "ab".repeat(32),
            Release.BUILDER);

    @TempDir
    Path root;

    @BeforeEach
    void stage() throws Exception {
        Path image = root.resolve(SERVICE).resolve("target/image");
        put(image.resolve("jre/bin/java"), "java");
        put(image.resolve("jre/lib/modules"), "modules");
        put(
                image.resolve("jre/release"),
                "JAVA_VERSION=\"25.0.3\"\nJAVA_RUNTIME_VERSION=\"25.0.3+9\"\nIMPLEMENTOR=\"Some\"\n");
        jar(image.resolve("lib/main/a.jar"), "a");
        jar(image.resolve("quarkus-run.jar"), "run");
        jar(image.resolve("app/scheduler.jar"), "app");
        jar(image.resolve("quarkus/generated-bytecode.jar"), "generated");
        put(image.resolve("app.aot"), "cache");
        put(image.resolveSibling("bom.json"), BILL);
        put(root.resolve("deploy/kubernetes/image/flags"), "-XX:+UseSerialGC");
        assertThat(image.resolve("jre/bin/java").toFile().setExecutable(true)).isTrue();
        // a base with settings to be replaced
        Jib.fromScratch()
                .setPlatforms(Set.of(new Platform(architecture(), "linux")))
                .addLayer(List.of(root.resolve("deploy")), AbsoluteUnixPath.get("/etc"))
                .addEnvironmentVariable("PATH", "/usr/local/bin")
                .addEnvironmentVariable("LANG", "C.UTF-8")
                .setUser("root")
                .setEntrypoint("/bin/sh")
                .setProgramArguments("-i")
                .containerize(
                        Containerizer.to(TarImage.at(root.resolve("base.tar")).named("base"))
                                .setBaseImageLayersCache(root.resolve("cache"))
                                .setApplicationLayersCache(root.resolve("cache")));
    }

    @Test
    void userCommandAndEnvironment_matchTheDockerfile() throws Exception {
        JsonNode config = new Image(make()).config.path("config");

        assertThat(config.path("User").asText()).isEqualTo(argument("USER"));
        assertThat(config.path("WorkingDir").asText()).isEqualTo(argument("WORKDIR"));
        assertThat(config.path("Entrypoint")).isEqualTo(new ObjectMapper().readTree(argument("ENTRYPOINT")));
        assertThat(config.path("Cmd").isMissingNode() || config.path("Cmd").isNull())
                .isTrue();
        assertThat(config.path("Env"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("LANG=C.UTF-8", argument("ENV"));
    }

    @Test
    void layers_matchTheDockerfile() throws Exception {
        List<String> copied = new ArrayList<>();
        for (String copy : instructions("COPY")) {
            String[] fromTo = copy.split(" ");
            copied.add(
                    fromTo[1].equals("./") ? Path.of(fromTo[0]).getFileName().toString() : fromTo[1].replace("/", ""));
        }

        assertThat(new Image(make()).layers)
                .extracting(layer -> layer.keySet().stream()
                        .filter(name -> name.startsWith("lectern/") && !name.equals("lectern/"))
                        .map(name -> name.split("/")[1])
                        .distinct()
                        .toList())
                .containsExactlyElementsOf(Stream.concat(
                                Stream.of(List.<String>of()),
                                copied.stream().map(name -> List.of(name.replace("*.jar", "quarkus-run.jar"))))
                        .toList());
    }

    @Test
    void files_keepTheirTimeAndBelongToRoot() throws Exception {
        for (Map<String, TarArchiveEntry> layer : new Image(make()).layers) {
            layer.forEach((name, entry) -> {
                if (name.startsWith("lectern/") && entry.isFile()) {
                    assertThat(entry.getLastModifiedTime().toInstant()).as(name).isEqualTo(STAGED);
                    assertThat(entry.getLongUserId() + entry.getLongGroupId())
                            .as(name)
                            .isZero();
                }
            });
        }
    }

    @Test
    void runningUser_canReadAndNotWrite() throws Exception {
        Path staged = root.resolve(SERVICE).resolve("target/image");
        assertThat(staged.resolve("lib/main/a.jar").toFile().setReadable(false, false))
                .isTrue();
        assertThat(staged.resolve("lib/main/a.jar").toFile().setReadable(true, true))
                .isTrue();
        Map<String, Integer> modes = new HashMap<>();
        for (Map<String, TarArchiveEntry> layer : new Image(make()).layers) {
            layer.forEach((name, entry) -> modes.put(name, entry.getMode() & 0777));
        }

        assertThat(modes)
                .containsEntry("lectern/", 0755)
                .containsEntry("lectern/jre/bin/", 0755)
                .containsEntry("lectern/jre/bin/java", 0755)
                .containsEntry("lectern/jre/lib/modules", 0644)
                .containsEntry("lectern/lib/main/a.jar", 0644)
                .containsEntry("lectern/app.aot", 0644);
    }

    @Test
    void sameStaging_makesTheSameImage() throws Exception {
        assertThat(make()).hasSameBinaryContentAs(make());
    }

    @Test
    void otherJarOfTheSameTime_makesAnotherImage() throws Exception {
        JsonNode before = new Image(make()).config;

        jar(root.resolve(SERVICE).resolve("target/image/app/scheduler.jar"), "ppa");

        assertThat(new Image(make()).config.path("rootfs")).isNotEqualTo(before.path("rootfs"));
    }

    @Test
    void missingAotCache_makesNoImage() throws IOException {
        Files.delete(root.resolve(SERVICE).resolve("target/image/app.aot"));

        assertThatIllegalArgumentException()
                .isThrownBy(this::make)
                .withMessageContaining("app.aot")
                .withMessageContaining("stage");
    }

    @Test
    void base_hasNoDefault() throws IOException {
        assertThat(instructions("ARG")).contains("BASE").noneMatch(argument -> argument.startsWith("BASE="));
    }

    @Test
    void labels_areThoseOfTheDockerfile() throws Exception {
        Map<String, String> labels = RELEASE.labels(SERVICE, STAGED.toString());
        Map<String, String> written = new TreeMap<>();
        for (String label : instructions("LABEL")) {
            String argument = label.substring(label.indexOf("${") + 2, label.indexOf('}'));
            String value = switch (argument) {
                case "SERVICE" -> SERVICE;
                case "CREATED" -> defaultOf("CREATED");
                default ->
                    RELEASE.parameters(SERVICE).getOrDefault(argument.toLowerCase(Locale.ROOT), RELEASE.licenses());
            };
            written.put(label.substring(0, label.indexOf('=')), value);
        }

        assertThat(written).isEqualTo(labels);
        JsonNode made = new Image(make(RELEASE)).config.at("/config/Labels");
        labels.forEach((name, value) -> assertThat(made.path(name).asText()).isEqualTo(value));
    }

    @Test
    void sameRelease_makesTheSameImage() throws Exception {
        assertThat(make(RELEASE)).hasSameBinaryContentAs(make(RELEASE));
    }

    @Test
    void jarWithoutMachineCodeForTheArchitecture_makesNoImage() throws IOException {
        String other = architecture().equals("amd64") ? "aarch64" : "x86_64";
        jar(root.resolve(SERVICE).resolve("target/image/lib/main/b.jar"), "lib/linux-" + other + "/libb.so");

        assertThatIllegalArgumentException()
                .isThrownBy(this::make)
                .withMessageContaining("b.jar")
                .withMessageContaining(architecture());
    }

    private static String defaultOf(String argument) throws IOException {
        return instructions("ARG").stream()
                .filter(each -> each.startsWith(argument + "="))
                .map(each -> each.substring(argument.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    private Path make() throws Exception {
        return make(null);
    }

    private Path make(Release release) throws Exception {
        Path tar = Files.createTempFile(root, "image", ".tar");
        BuildImage.build(root, SERVICE, "tar://" + root.resolve("base.tar"), null, tar, release);
        return tar;
    }

    private static void jar(Path file, String entry) throws IOException {
        Files.createDirectories(file.getParent());
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            ZipEntry name = new ZipEntry(entry);
            name.setLastModifiedTime(FileTime.from(STAGED));
            out.putNextEntry(name);
        }
        Files.setLastModifiedTime(file, FileTime.from(STAGED));
    }

    private static void put(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(STAGED));
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("aarch64") ? "arm64" : name;
    }

    private static String argument(String instruction) throws IOException {
        assertThat(instructions(instruction)).hasSize(1);
        return instructions(instruction).getFirst();
    }

    private static List<String> instructions(String instruction) throws IOException {
        return Files.readAllLines(DOCKERFILE).stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1))
                .toList();
    }

    /** The format of {@code docker save}: a manifest, a configuration, and a tar per layer. */
    private static final class Image {

        final JsonNode config;
        final List<Map<String, TarArchiveEntry>> layers = new ArrayList<>();

        Image(Path tar) throws IOException {
            Map<String, byte[]> files = new HashMap<>();
            try (var in = new TarArchiveInputStream(Files.newInputStream(tar))) {
                for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            }
            ObjectMapper json = new ObjectMapper();
            JsonNode manifest = json.readTree(files.get("manifest.json")).path(0);
            config = json.readTree(files.get(manifest.path("Config").asText()));
            for (JsonNode layer : manifest.path("Layers")) {
                Map<String, TarArchiveEntry> entries = new HashMap<>();
                try (var in = new TarArchiveInputStream(
                        new GZIPInputStream(new ByteArrayInputStream(files.get(layer.asText()))))) {
                    for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                        entries.put(entry.getName(), entry);
                    }
                }
                layers.add(entries);
            }
        }
    }
}
