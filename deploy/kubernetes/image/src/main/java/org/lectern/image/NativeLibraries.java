package org.lectern.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Libraries in machine code inside the jars. Jars are the same on every machine, but such a library works on one
 * architecture only, and its absence shows only when it is needed: the first compressed message, for example.
 */
final class NativeLibraries {

    /** The names of the architectures of images, and how libraries call them. */
    static final Map<String, Set<String>> ARCHITECTURES =
            Map.of("amd64", Set.of("amd64", "x86_64"), "arm64", Set.of("aarch64", "aarch_64", "arm64"));

    /** Other systems that also name libraries {@code .so}. */
    private static final Pattern OTHER_SYSTEM = Pattern.compile("(?i)freebsd|openbsd|android|aix|sunos|solaris");

    private static final Pattern ARCHITECTURE = Pattern.compile(
            "(?i)x86_64|amd64|aarch_?64|arm64|i[36]86|x86|armv[67]\\w*|arm|ppc64le|ppc64|ppc|s390x|riscv64|loongarch64|mips64");

    private NativeLibraries() {}

    /**
     * The jars below a folder with libraries for Linux, but none for this architecture.
     *
     * @param architecture {@code amd64} or {@code arm64}
     */
    static List<String> missing(Path folder, String architecture) throws IOException {
        Set<String> names = ARCHITECTURES.getOrDefault(architecture, Set.of(architecture));
        List<String> missing = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                Set<String> present = architectures(jar);
                if (!present.isEmpty() && present.stream().noneMatch(names::contains)) {
                    missing.add(jar.getFileName() + " has machine code for " + present + ", not for " + architecture);
                }
            }
        }
        return missing;
    }

    private static Set<String> architectures(Path jar) {
        Set<String> found = new TreeSet<>();
        try (JarFile opened = new JarFile(jar.toFile())) {
            opened.stream()
                    .map(ZipEntry::getName)
                    .filter(name ->
                            name.endsWith(".so") && !OTHER_SYSTEM.matcher(name).find())
                    .forEach(name -> {
                        Matcher architecture = ARCHITECTURE.matcher(name);
                        found.add(architecture.find() ? architecture.group().toLowerCase(Locale.ROOT) : "unknown");
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(jar + " cannot be read", e);
        }
        return found;
    }
}
