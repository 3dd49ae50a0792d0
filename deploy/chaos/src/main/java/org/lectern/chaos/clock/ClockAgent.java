package org.lectern.chaos.clock;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Java agent that shifts the wall clock of its process. One file contains the offset in milliseconds; the agent
 * writes the applied offset to another. {@link System#nanoTime()} and all timeouts stay correct, as when an
 * administrator sets a machine's clock.
 */
public final class ClockAgent {

    private static final long POLL_MILLIS = 50;

    private ClockAgent() {}

    /** The file that receives the applied offset. */
    public static Path seen(Path file) {
        return file.resolveSibling(file.getFileName() + ".seen");
    }

    /** The JVM calls this before the main method. */
    public static void premain(String file, Instrumentation instrumentation) throws UnmodifiableClassException {
        instrumentation.addTransformer(new Redirecting(), true);
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            String name = loaded.getName();
            boolean mayAskTheTime = name.startsWith("java.time.") || name.startsWith("java.util.");
            if (mayAskTheTime && !loaded.isArray() && !loaded.isHidden() && instrumentation.isModifiableClass(loaded)) {
                instrumentation.retransformClasses(loaded);
            }
        }
        Path path = Path.of(file);
        Thread follower = new Thread(() -> follow(path), "clock-agent");
        follower.setDaemon(true);
        follower.start();
    }

    private static void follow(Path file) {
        String last = "";
        try {
            while (true) {
                String text = Files.exists(file) ? Files.readString(file).strip() : "";
                if (!text.isEmpty() && !text.equals(last)) {
                    ShiftedClock.shift(Long.parseLong(text));
                    Files.writeString(seen(file), text);
                    last = text;
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (IOException e) {
            System.err.println("The clock is not shifted any more: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Redirects the clock calls of every class outside this package. */
    private static final class Redirecting implements ClassFileTransformer {

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] classFile) {
            if (name != null && name.startsWith("org/lectern/chaos/clock/")) {
                return null;
            }
            try {
                return mentionsClock(classFile) ? ClockCalls.redirect(classFile) : null;
            } catch (IOException | RuntimeException e) {
                System.err.println("The clock of " + name + " cannot be shifted: " + e);
                return null;
            }
        }

        private static boolean mentionsClock(byte[] classFile) {
            for (byte[] method : METHODS) {
                if (contains(classFile, method)) {
                    return true;
                }
            }
            return false;
        }

        private static final byte[][] METHODS = {
            "currentTimeMillis".getBytes(StandardCharsets.US_ASCII),
            "getNanoTimeAdjustment".getBytes(StandardCharsets.US_ASCII)
        };

        private static boolean contains(byte[] text, byte[] wanted) {
            int last = text.length - wanted.length;
            for (int i = 0; i <= last; i++) {
                if (text[i] == wanted[0] && Arrays.equals(text, i, i + wanted.length, wanted, 0, wanted.length)) {
                    return true;
                }
            }
            return false;
        }
    }
}
