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
            throw new IllegalArgumentException("--against: the file does not say " + key);
        }
        return text;
    }
}
