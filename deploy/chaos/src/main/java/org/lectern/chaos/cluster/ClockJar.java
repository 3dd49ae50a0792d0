package org.lectern.chaos.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.lectern.chaos.clock.ClockAgent;

/** The jar of {@link ClockAgent}, and the files that carry the offset of each process. */
final class ClockJar {

    private static final List<String> CLASSES = List.of(
            "ClockAgent",
            "ClockAgent$Redirecting",
            "ClockCalls",
            "ClockCalls$Method",
            "ClockCalls$Pool",
            "ShiftedClock");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Path folder;
    private final Path jar;

    /** @param folder receives the jar and the files */
    ClockJar(Path folder) {
        this.folder = folder;
        jar = folder.resolve("clock-agent.jar");
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", ClockAgent.class.getName());
        attributes.putValue("Can-Retransform-Classes", "true");
        // classes of the JDK call it, so the boot class loader must find it
        attributes.putValue("Boot-Class-Path", jar.getFileName().toString());
        String path = ClockAgent.class.getPackageName().replace('.', '/') + "/";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String name : CLASSES) {
                out.putNextEntry(new JarEntry(path + name + ".class"));
                try (InputStream in = ClockAgent.class.getResourceAsStream(name + ".class")) {
                    if (in == null) {
                        throw new IOException("There is no class " + name);
                    }
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JVM option for one process. */
    String option(String process) {
        return "-javaagent:" + jar + "=" + file(process);
    }

    /** Shifts the clock of a process. Returns true if the process confirmed the offset. */
    boolean shift(String process, Duration by) throws InterruptedException {
        String millis = Long.toString(by.toMillis());
        Path file = file(process);
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.writeString(draft, millis);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            Path seen = ClockAgent.seen(file);
            for (Duration left = PATIENCE; left.isPositive(); left = left.minus(POLL)) {
                if (Files.exists(seen) && Files.readString(seen).equals(millis)) {
                    return true;
                }
                Thread.sleep(POLL);
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String process) {
        return folder.resolve(process + ".clock");
    }
}
