package org.lectern.image;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The image of one service, identical to that of the Dockerfile beside this module: same files, layers, user and
 * command. Every file keeps its modification time, because the AOT cache requires it. The same staged files always make
 * the same image.
 */
final class ServiceImage {

    private static final AbsoluteUnixPath HOME = AbsoluteUnixPath.get("/lectern");
    private static final FilePermissions FOLDER = FilePermissions.fromOctalString("755");
    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");
    private static final FilePermissions FILE = FilePermissions.fromOctalString("644");

    private final Path image;
    private final Path flags;
    private final Path jars;
    private final String service;
    private final @Nullable Release release;

    /**
     * @param root the folder of the repository
     * @param service {@code scheduler-service} or {@code notification-service}
     * @param release null for an image that is only tried out: it has no labels
     */
    ServiceImage(Path root, String service, @Nullable Release release) {
        Path target = root.resolve(service).resolve("target");
        this.image = target.resolve("image");
        this.flags = root.resolve("deploy/kubernetes/image/flags");
        this.jars = target.resolve("bom.json");
        this.service = service;
        this.release = release;
        if (!Files.exists(image.resolve("app.aot"))) {
            throw new IllegalArgumentException(
                    "There is no " + image.resolve("app.aot") + ": deploy/kubernetes/image/stage makes it");
        }
    }

    /** The image on this base, without the base's command. */
    JibContainerBuilder on(JibContainerBuilder base) throws IOException {
        List<String> missing = NativeLibraries.missing(image, architecture());
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join("\n", missing) + "\nStage on a machine of this architecture");
        }
        if (release != null) {
            base.setLabels(
                    release.labels(service, time(image.resolve("app.aot")).toString()));
        }
        // rarely changed files first, so that an upgrade transfers little
        base.setFileEntriesLayers(List.of(
                        folder("jre"),
                        folder("lib"),
                        file("quarkus-run.jar"),
                        folder("app"),
                        folder("quarkus"),
                        file("app.aot"),
                        file("flags", flags),
                        file("sbom.json", billOfMaterials())))
                .setPlatforms(Set.of(new Platform(architecture(), "linux")))
                .setCreationTime(time(image.resolve("app.aot")))
                .setWorkingDirectory(HOME)
                .setEnvironment(Map.of("PATH", "/lectern/jre/bin:/usr/bin:/bin"))
                .setUser("10001:10001")
                .setEntrypoint(
                        "/lectern/jre/bin/java",
                        "@/lectern/flags",
                        "-XX:AOTCache=/lectern/app.aot",
                        "-jar",
                        "/lectern/quarkus-run.jar");
        return base;
    }

    /** The bill of materials of the image, written for this image. */
    Path billOfMaterials() throws IOException {
        return BillOfMaterials.write(jars, jre(), release, Files.getLastModifiedTime(image.resolve("app.aot")));
    }

    Path jre() {
        return image.resolve("jre");
    }

    private FileEntriesLayer folder(String name) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        try (Stream<Path> files = Files.walk(image.resolve(name))) {
            files.forEach(file -> layer.addEntry(
                    file, HOME.resolve(image.relativize(file).toString()), permissions(file), time(file)));
        }
        return layer.build();
    }

    private FileEntriesLayer file(String name) {
        return file(name, image.resolve(name));
    }

    private static FileEntriesLayer file(String name, Path file) {
        return FileEntriesLayer.builder()
                .setName(name)
                .addEntry(file, HOME.resolve(name), permissions(file), time(file))
                .build();
    }

    /** The user of the image must be able to read every file, regardless of the builder's umask. */
    private static FilePermissions permissions(Path file) {
        if (Files.isDirectory(file)) {
            return FOLDER;
        }
        return Files.isExecutable(file) ? PROGRAM : FILE;
    }

    private static Instant time(Path file) {
        try {
            // a tar stores whole seconds, and the staged jars have whole seconds
            return Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The architecture of the JVM in the image, which is linked from the running JDK. */
    static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("aarch64") ? "arm64" : name;
    }
}
