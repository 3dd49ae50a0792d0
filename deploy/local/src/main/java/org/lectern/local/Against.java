package org.lectern.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.lectern.local.chaos.ChaosRun;
import org.lectern.local.chaos.ChaosRun.Database;
import org.lectern.local.fuzz.Target;

/**
 * A system that runs already, as a file of properties describes it; the {@code stack.properties} of the local stack is
 * one. Whoever writes one for a staging system finds the keys in deploy/local/README.md.
 */
final class Against {

    private static final Duration TOKEN_USED = Duration.ofMinutes(2);

    private final Properties described = new Properties();

    Against(Path file) {
        try (var reader = Files.newBufferedReader(file)) {
            described.load(reader);
        } catch (IOException e) {
            throw new IllegalArgumentException("--against " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if a key is missing */
    ChaosRun.Target target() {
        List<String> schedulers = list("scheduler");
        List<String> notifications = list("notification");
        return new ChaosRun.Target(
                () -> schedulers,
                () -> notifications,
                bearer(),
                database("scheduler"),
                database("notification"),
                kafka(),
                Optional.empty());
    }

    /** For the fuzz: the first replica of each service, and tokens of the development identity provider. */
    Target fuzzTarget() {
        URI issuer = URI.create(text("issuer"));
        return new Target(
                List.of(service("scheduler"), service("notification")),
                client -> Token.fetch(issuer, client),
                described.getProperty("mailbox", ""));
    }

    private Target.Service service(String name) {
        return new Target.Service(
                name, list(name).getFirst(), described.getProperty(name + ".management", ""), pid(name + "-service"));
    }

    /** Of the service that the stack's launcher started; 0 if there is none on this machine. */
    private long pid(String service) {
        String launcher = described.getProperty("pid", "");
        if (launcher.isEmpty()) {
            return 0;
        }
        return ProcessHandle.of(Long.parseLong(launcher)).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(process -> process.info().commandLine().orElse("").contains("/" + service + "/target/"))
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElse(0);
    }

    private List<String> list(String key) {
        return Arrays.stream(text(key).split(",", -1))
                .map(String::strip)
                .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
                .toList();
    }

    private Database database(String name) {
        return new Database(
                text("postgres." + name),
                described.getProperty("postgres." + name + ".user", name),
                described.getProperty("postgres." + name + ".password", name));
    }

    /** Whatever begins with {@code kafka.} is a setting of Kafka's own client. */
    private Map<String, Object> kafka() {
        Map<String, Object> settings = new HashMap<>(described.stringPropertyNames().stream()
                .filter(key -> key.startsWith("kafka."))
                .collect(Collectors.toMap(key -> key.substring("kafka.".length()), this::text)));
        settings.put("bootstrap.servers", text("kafka"));
        return Map.copyOf(settings);
    }

    private Supplier<String> bearer() {
        URI url = URI.create(described.getProperty("token.url", described.getProperty("issuer", "") + "/token"));
        String client = described.getProperty("client.id", "organizer");
        String secret = described.getProperty("client.secret", "none");
        return new Supplier<>() {
            private String token = "";
            private Instant until = Instant.MIN;

            @Override
            public synchronized String get() {
                if (Instant.now().isAfter(until)) {
                    try {
                        token = Token.ask(url, client, secret);
                    } catch (IOException e) {
                        throw new UncheckedIOException("No token from " + url, e);
                    }
                    until = Instant.now().plus(TOKEN_USED);
                }
                return token;
            }
        };
    }

    private String text(String key) {
        String text = described.getProperty(key, "").strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("--against: the file lacks " + key);
        }
        return text;
    }
}
