package org.lectern.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One set of backing services per test JVM, in a process of its own so that neither the broker's libraries nor its
 * load mix with the service under test. It ends with the JVM that started it. Needs nothing but the JDK on the
 * caller's class path.
 */
public final class TestStack {

    private static @Nullable TestStack running;

    private final Map<String, String> addresses = new HashMap<>();

    private TestStack(Path module, boolean durable) throws IOException {
        Path target = module.resolve("target");
        String classPath = target.resolve("classes")
                + System.getProperty("path.separator")
                + Files.readString(target.resolve("stack.classpath")).strip();
        Path data = Files.createTempDirectory(Files.createDirectories(target.resolve("test-stacks")), "stack");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        "org.lectern.local.BackingServices",
                        data.toString(),
                        durable ? "durable" : "fast"))
                .redirectError(data.resolve("stack.err").toFile())
                .start();
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); !"READY".equals(line); line = lines.readLine()) {
            if (line == null) {
                throw new IllegalStateException("The backing services did not start, see " + data.resolve("stack.err"));
            }
            int equals = line.indexOf('=');
            addresses.put(line.substring(0, equals), line.substring(equals + 1));
        }
    }

    /** The stack of this JVM, started by the first call; later calls share it. */
    public static synchronized TestStack start() {
        return start(false);
    }

    /** The same with a PostgreSQL whose commits survive a power cut, as in production: for measurements. */
    public static synchronized TestStack startDurable() {
        return start(true);
    }

    private static TestStack start(boolean durable) {
        if (running == null) {
            try {
                running = new TestStack(localModule(), durable);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }

    public String jdbcUrl(String database) {
        return address("postgres." + database);
    }

    public String kafkaBootstrapServers() {
        return address("kafka");
    }

    public String issuer() {
        return address("issuer");
    }

    public int smtpPort() {
        return Integer.parseInt(address("smtp.port"));
    }

    /** Where the mails caught can be read: {@code GET <this>/mails?to=ADDRESS} answers JSON. */
    public String mailboxUrl() {
        return "http://127.0.0.1:" + address("mailbox.port");
    }

    private String address(String key) {
        String address = addresses.get(key);
        if (address == null) {
            throw new IllegalArgumentException("The stack has no address " + key);
        }
        return address;
    }

    /** The folder of this module: beside or above the working directory of any module of the build. */
    private static Path localModule() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path module = folder.resolve("deploy").resolve("local");
            if (Files.isDirectory(module)) {
                return module;
            }
        }
        throw new IllegalStateException(
                "deploy/local was not found above " + Path.of("").toAbsolutePath());
    }
}
