package org.lectern.chaos.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.lectern.local.StackDescription;
import org.lectern.local.Token;

/**
 * A running system described by a properties file, such as {@code stack.properties} of the local stack.
 * deploy/chaos/README.md lists the keys for a staging system.
 */
public final class Against {

    private static final Duration TOKEN_USED = Duration.ofMinutes(2);

    private final StackDescription described;

    public Against(Path file) {
        described = new StackDescription(file);
    }

    /** @throws IllegalArgumentException if a key is missing */
    public SystemUnderTest system() {
        List<String> schedulers = described.addresses("scheduler");
        List<String> notifications = described.addresses("notification");
        return new SystemUnderTest(
                () -> schedulers,
                () -> notifications,
                bearer(),
                database("scheduler"),
                database("notification"),
                kafka(),
                Optional.empty());
    }

    private Database database(String name) {
        return new Database(
                described.text("postgres." + name),
                described.text("postgres." + name + ".user", name),
                described.text("postgres." + name + ".password", name));
    }

    /** Keys with the prefix {@code kafka.} are settings of the Kafka client. */
    private Map<String, Object> kafka() {
        Map<String, Object> settings = new HashMap<>(described.below("kafka."));
        settings.put("bootstrap.servers", described.text("kafka"));
        return Map.copyOf(settings);
    }

    private Supplier<String> bearer() {
        URI url = URI.create(described.text("token.url", described.text("issuer", "") + "/token"));
        String client = described.text("client.id", "organizer");
        String secret = described.text("client.secret", "none");
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
}
