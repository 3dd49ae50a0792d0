package org.lectern.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The backing services of one test JVM, exclusive to it: databases, a broker, an identity provider and a mail catcher.
 * They run outside the JVM, so their libraries and load do not affect the service under test. The caller's class path
 * needs only the JDK.
 */
public final class TestStack {

    /** How long shared engines wait for another tenant after this JVM; {@code deploy/local/test} requests more. */
    private static final long STAY_SECONDS = Long.getLong("lectern.engines.stay", 30);

    private static final long PATIENCE_SECONDS = 180;

    private static @Nullable TestStack running;

    private final Map<String, String> addresses = new HashMap<>();

    /** Ends the stack when closed; the reference prevents its collection, which would close it before the JVM ends. */
    @SuppressWarnings("unused")
    private final Object lease;

    private TestStack(BufferedReader lines, Object lease) throws IOException {
        this.lease = lease;
        for (String line = lines.readLine(); !"READY".equals(line); line = lines.readLine()) {
            if (line == null) {
                throw new IOException("The backing services ended while they started");
            }
            int equals = line.indexOf('=');
            addresses.put(line.substring(0, equals), line.substring(equals + 1));
        }
    }

    /** The stack of this JVM, on shared engines; later calls return the same one. It ends with the JVM. */
    public static synchronized TestStack start() {
        return once(TestStack::shared);
    }

    /** The same on separate engines, for tests that change roles or settings of a whole server. */
    public static synchronized TestStack startAlone() {
        return once(module -> alone(module, "fast"));
    }

    /** Separate engines with a PostgreSQL with durable commits, as in production: for measurements. */
    public static synchronized TestStack startDurable() {
        return once(module -> alone(module, "durable"));
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

    /** The address of caught mails: {@code GET <this>/mails?to=ADDRESS} answers JSON. */
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

    private interface Start {
        TestStack in(Path module) throws IOException;
    }

    private static TestStack once(Start start) {
        if (running == null) {
            try {
                running = start.in(localModule());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }

    private static TestStack alone(Path module, String durability) throws IOException {
        Path data = newFolder(module);
        Process process = new ProcessBuilder(
                        command(module, "org.lectern.local.BackingServices", data.toString(), durability))
                .redirectError(data.resolve("stack.err").toFile())
                .start();
        try {
            return new TestStack(reader(process.getInputStream()), process);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + ", see " + data.resolve("stack.err"), e);
        }
    }

    /** A tenant of the running engines, or of new ones if none run or they are ending. */
    private static TestStack shared(Path module) throws IOException {
        Path state = module.resolve("target/engines-" + fingerprint(module) + ".properties");
        Path lock = module.resolve("target/engines.lock");
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            if (Files.exists(state)) {
                try {
                    return tenant(state);
                } catch (IOException e) {
                    Files.deleteIfExists(state); // of engines that were killed or are ending
                }
            }
            startEngines(module, state);
            return tenant(state);
        }
    }

    private static TestStack tenant(Path state) throws IOException {
        Properties engines = new Properties();
        try (var file = Files.newBufferedReader(state)) {
            engines.load(file);
        }
        int port = Integer.parseInt(engines.getProperty("control"));
        Socket lease = new Socket(InetAddress.getLoopbackAddress(), port);
        Writer out = new OutputStreamWriter(lease.getOutputStream(), StandardCharsets.US_ASCII);
        out.write(STAY_SECONDS + "\n");
        out.flush();
        return new TestStack(reader(lease.getInputStream()), lease);
    }

    /** The engines outlive this JVM, and Ctrl-C on the build that started them. */
    private static void startEngines(Path module, Path state) throws IOException {
        Path data = newFolder(module);
        List<String> command = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "engines"));
        command.addAll(command(module, "org.lectern.local.SharedEngines", data.toString(), state.toString()));
        Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(data.resolve("stack.err").toFile())
                .start();
        long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (!Files.exists(state)) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() - latest > 0) {
                    process.destroy();
                    throw new IOException("The backing services did not start, see " + data.resolve("stack.err"));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the backing services started", e);
        }
    }

    private static List<String> command(Path module, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(module),
                program));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String classPath(Path module) throws IOException {
        Path target = module.resolve("target");
        return target.resolve("classes")
                + System.getProperty("path.separator")
                + Files.readString(target.resolve("stack.classpath")).strip();
    }

    /** Differs when the code or libraries of the engines differ, so that old engines get no new tenants. */
    private static String fingerprint(Path module) throws IOException {
        long hash = classPath(module).hashCode();
        try (Stream<Path> classes = Files.walk(module.resolve("target/classes"))) {
            for (Path file : classes.filter(Files::isRegularFile).sorted().toList()) {
                FileTime changed = Files.getLastModifiedTime(file);
                hash = hash * 31 + file.toString().hashCode();
                hash = hash * 31 + changed.toMillis();
            }
        }
        return Long.toHexString(hash);
    }

    private static Path newFolder(Path module) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(module.resolve("target/test-stacks")), "stack");
    }

    private static BufferedReader reader(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
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
