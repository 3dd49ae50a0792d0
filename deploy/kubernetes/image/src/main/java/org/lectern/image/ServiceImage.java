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

/**
 * The image of one service, as the Dockerfile beside this module has it: the same files at the same places in as many
 * layers, the same user and the same command. Every file keeps its time of change, for the AOT cache is for jars of
 * just these times. What was staged once makes the same image however often.
 */
final class ServiceImage {

    private static final AbsoluteUnixPath HOME = AbsoluteUnixPath.get("/lectern");
    private static final FilePermissions FOLDER = FilePermissions.fromOctalString("755");
    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");
    private static final FilePermissions FILE = FilePermissions.fromOctalString("644");

    private final Path image;
    private final Path flags;
    private final Path billOfMaterials;

    /**
     * @param root the folder of the repository
     * @param service {@code scheduler-service} or {@code notification-service}
     */
    ServiceImage(Path root, String service) {
        Path target = root.resolve(service).resolve("target");
        this.image = target.resolve("image");
        this.flags = root.resolve("deploy/kubernetes/image/flags");
        this.billOfMaterials = target.resolve("bom.json");
        if (!Files.exists(image.resolve("app.aot"))) {
            throw new IllegalArgumentException(
                    "There is no " + image.resolve("app.aot") + ": deploy/kubernetes/image/stage makes it");
        }
    }

    /** The image on this base; it has no command of its own any more. */
    JibContainerBuilder on(JibContainerBuilder base) throws IOException {
        // what changes seldom first, so that an upgrade moves little
        base.setFileEntriesLayers(List.of(
                        folder("jre"),
                        folder("lib"),
                        file("quarkus-run.jar"),
                        folder("app"),
                        folder("quarkus"),
                        file("app.aot"),
                        file("flags", flags),
                        file("sbom.json", billOfMaterials)))
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

    /** Whoever builds may have a mask; the user of the image must read everything. */
    private static FilePermissions permissions(Path file) {
        if (Files.isDirectory(file)) {
            return FOLDER;
        }
        return Files.isExecutable(file) ? PROGRAM : FILE;
    }

    private static Instant time(Path file) {
        try {
            // what a tar holds; the jars have whole seconds since they were staged
            return Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the JVM in the image, which was linked from the JDK that runs this. */
    private static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("aarch64") ? "arm64" : name;
    }
}
