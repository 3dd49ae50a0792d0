package org.lectern.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {

    @TempDir
    Path folder;

    private final Manifest manifest = new Manifest();

    @BeforeEach
    void asAnyLibraryHasOne() {
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MULTI_RELEASE, "true");
        attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, "7.2.6");
        attributes.put(new Attributes.Name("Import-Package"), "org.example.one,".repeat(1000));
        manifest.getEntries().put("org/example/One.class", new Attributes());
        manifest.getAttributes("org/example/One.class").putValue("SHA-256-Digest", "none");
    }

    @Test
    void osgiEntries_areRemoved() throws IOException {
        Path jar = jar("library.jar", "org/example/One.class");

        Manifests.main(folder.toString());

        try (var after = new JarFile(jar.toFile())) {
            assertTrue(after.isMultiRelease());
            assertEquals(
                    Set.of("1.0", "true", "7.2.6"),
                    Set.copyOf(after.getManifest().getMainAttributes().values()));
            assertTrue(after.getManifest().getEntries().isEmpty());
            assertEquals(
                    "org/example/One.class",
                    new String(
                            after.getInputStream(after.getEntry("org/example/One.class"))
                                    .readAllBytes(),
                            StandardCharsets.UTF_8));
        }
    }

    @Test
    void sameJar_staysTheSame() throws IOException {
        byte[] once = Files.readAllBytes(shortened("one.jar"));
        byte[] again = Files.readAllBytes(shortened("two.jar"));
        assertArrayEquals(once, again);
    }

    @Test
    void signedJar_staysUnchanged() throws IOException {
        Path jar = jar("signed.jar", "META-INF/SIGNER.SF");
        byte[] before = Files.readAllBytes(jar);

        Manifests.main(folder.toString());

        assertArrayEquals(before, Files.readAllBytes(jar));
    }

    private Path shortened(String name) throws IOException {
        Path jar = jar(name, "org/example/One.class");
        Manifests.shorten(jar);
        return jar;
    }

    private Path jar(String name, String entry) throws IOException {
        Path jar = folder.resolve(name);
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            var first = new JarEntry(JarFile.MANIFEST_NAME);
            first.setTime(0);
            out.putNextEntry(first);
            manifest.write(out);
            var second = new JarEntry(entry);
            second.setTime(0);
            out.putNextEntry(second);
            out.write(entry.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
