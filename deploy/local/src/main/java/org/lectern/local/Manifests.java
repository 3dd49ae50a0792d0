package org.lectern.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Reduces the manifests of jars to the attributes that a JVM or library reads. A JVM with an AOT cache reads the
 * manifest of each jar before it starts a program. The cost of a continued line is quadratic in its length, and OSGi
 * package lists reach 160 kB.
 */
public final class Manifests {

    /** The size below which shortening has no benefit. */
    private static final int SMALL = 600;

    private static final Instant ALWAYS_THE_SAME = Instant.parse("2025-01-01T00:00:00Z");

    private static final Set<Object> KEPT = Set.of(
            Attributes.Name.MANIFEST_VERSION,
            Attributes.Name.MAIN_CLASS,
            Attributes.Name.CLASS_PATH,
            Attributes.Name.MULTI_RELEASE,
            Attributes.Name.SEALED,
            Attributes.Name.IMPLEMENTATION_TITLE,
            Attributes.Name.IMPLEMENTATION_VERSION,
            Attributes.Name.IMPLEMENTATION_VENDOR,
            Attributes.Name.SPECIFICATION_TITLE,
            Attributes.Name.SPECIFICATION_VERSION,
            Attributes.Name.SPECIFICATION_VENDOR,
            new Attributes.Name("Automatic-Module-Name"),
            new Attributes.Name("Add-Opens"),
            new Attributes.Name("Add-Exports"),
            new Attributes.Name("Enable-Native-Access"));

    private Manifests() {}

    /** @param arguments folders with jars to change, at any depth */
    public static void main(String... arguments) throws IOException {
        for (String folder : arguments) {
            List<Path> jars;
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                jars = files.filter(file -> file.toString().endsWith(".jar"))
                        .filter(Files::isRegularFile)
                        .toList();
            }
            for (Path jar : jars) {
                shorten(jar);
            }
        }
    }

    /** Changes only the manifest; skips signed jars, because their signature covers the manifest. */
    static void shorten(Path jar) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            Path file = inside.getPath("META-INF/MANIFEST.MF");
            if (Files.notExists(file) || Files.size(file) <= SMALL || isSigned(inside)) {
                return;
            }
            Manifest manifest;
            try (InputStream in = Files.newInputStream(file)) {
                manifest = new Manifest(in);
            }
            manifest.getEntries().clear();
            manifest.getMainAttributes().keySet().retainAll(KEPT);
            var shortened = new ByteArrayOutputStream();
            manifest.write(shortened);
            Files.write(file, shortened.toByteArray());
            Files.setLastModifiedTime(file, FileTime.from(ALWAYS_THE_SAME));
        }
    }

    private static boolean isSigned(FileSystem inside) throws IOException {
        try (Stream<Path> files = Files.list(inside.getPath("META-INF"))) {
            return files.anyMatch(file -> file.toString().endsWith(".SF"));
        }
    }
}
