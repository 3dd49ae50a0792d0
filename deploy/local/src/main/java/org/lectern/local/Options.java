package org.lectern.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command-line options of {@code deploy/local/up}.
 *
 * @param dev the service that runs from its sources in development mode, {@code scheduler} or {@code notification}
 * @param data the given folder, or null for the default one, which is emptied at each start
 */
record Options(
        boolean help,
        boolean headless,
        @Nullable String dev,
        @Nullable Path data,
        Map<Port, Integer> ports) {

    private static final Set<String> SERVICES = Set.of("scheduler", "notification");

    /** Every port of the stack, with the option that changes it. */
    enum Port {
        SCHEDULER("scheduler-port", 8080, "scheduler-service"),
        NOTIFICATION("notification-port", 8081, "notification-service"),
        POSTGRES("postgres-port", 15432, "PostgreSQL"),
        KAFKA("kafka-port", 19092, "Kafka"),
        IDENTITY("identity-port", 18080, "the identity provider"),
        SMTP("smtp-port", 11025, "the mail catcher (SMTP)"),
        MAILBOX("mailbox-port", 18025, "the mailbox (HTTP)"),
        SCHEDULER_MANAGEMENT("scheduler-management-port", 9000, "scheduler-service's health and metrics"),
        NOTIFICATION_MANAGEMENT("notification-management-port", 9001, "notification-service's health and metrics");

        private final String option;
        private final int usual;
        private final String purpose;

        Port(String option, int usual, String purpose) {
            this.option = option;
            this.usual = usual;
            this.purpose = purpose;
        }

        String option() {
            return option;
        }

        int usual() {
            return usual;
        }
    }

    /** The options are invalid; the message explains why. */
    static final class InvalidOption extends Exception {
        private static final long serialVersionUID = 1;

        InvalidOption(String message) {
            super(message);
        }
    }

    /** A requested port is in use. */
    static final class PortTaken extends Exception {
        private static final long serialVersionUID = 1;

        PortTaken(String message) {
            super(message);
        }
    }

    /** The text of {@code --help}; the script prints the same file without a build. */
    static String usage() {
        try (InputStream file = Options.class.getResourceAsStream("/usage.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Options parse(String... arguments) throws InvalidOption {
        boolean help = false;
        boolean headless = false;
        String dev = null;
        Path data = null;
        Map<Port, Integer> ports = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            ports.put(port, port.usual);
        }
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            switch (name) {
                case "--help", "-h" -> help = true;
                case "--headless" -> headless = true;
                default -> {
                    Port port = port(name);
                    if (port == null && !name.equals("--data") && !name.equals("--dev")) {
                        throw new InvalidOption("Unknown option " + argument);
                    }
                    String value = equals >= 0
                            ? argument.substring(equals + 1)
                            : i + 1 < arguments.length ? arguments[++i] : "";
                    if (value.isEmpty()) {
                        throw new InvalidOption(name + " requires a value");
                    }
                    if (name.equals("--dev")) {
                        if (!SERVICES.contains(value)) {
                            throw new InvalidOption("--dev must be scheduler or notification, not " + value);
                        }
                        dev = value;
                    } else if (port == null) {
                        data = Path.of(value).toAbsolutePath().normalize();
                    } else {
                        ports.put(port, number(name, value));
                    }
                }
            }
        }
        return new Options(help, headless, dev, data, Map.copyOf(ports));
    }

    /** A port for every purpose: requested ports are free at this moment, and 0 is replaced by a free one. */
    Map<Port, Integer> freePorts() throws PortTaken {
        Map<Port, Integer> result = new EnumMap<>(Port.class);
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (Port port : Port.values()) {
                int asked = ports.getOrDefault(port, port.usual);
                int wanted = asked == 0 ? FreePort.any() : asked;
                for (Map.Entry<Port, Integer> other : result.entrySet()) {
                    if (wanted == other.getValue()) {
                        throw new PortTaken("Port %d is requested for %s and for %s. Change one with --%s or --%s."
                                .formatted(
                                        wanted,
                                        other.getKey().purpose,
                                        port.purpose,
                                        other.getKey().option,
                                        port.option));
                    }
                }
                try {
                    ServerSocket socket = new ServerSocket();
                    held.add(socket);
                    socket.setReuseAddress(true);
                    socket.bind(new InetSocketAddress(wanted)); // a listener on any single interface conflicts
                    result.put(port, wanted);
                } catch (IOException e) {
                    throw new PortTaken("Port %d for %s is in use. Choose another one with --%s N."
                            .formatted(wanted, port.purpose, port.option));
                }
            }
            return result;
        } finally {
            for (ServerSocket socket : held) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // never used for data
                }
            }
        }
    }

    private static @Nullable Port port(String name) {
        for (Port port : Port.values()) {
            if (name.equals("--" + port.option)) {
                return port;
            }
        }
        return null;
    }

    private static int number(String name, String value) throws InvalidOption {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new InvalidOption(name + " must be a port from 0 to 65535, not " + value);
    }
}
