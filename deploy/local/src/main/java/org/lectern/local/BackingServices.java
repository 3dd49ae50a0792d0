package org.lectern.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * PostgreSQL, Kafka, the identity provider and the mail catcher, started side by side and stopped together.
 *
 * <p>As a process of its own ({@link #main}) it prints its addresses as {@code key=value} lines, then {@code READY},
 * and lives until its standard input ends: when the process that started it dies, however it dies, it stops too.
 */
final class BackingServices implements AutoCloseable {

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Postgres postgres;
    private final Broker broker;
    private final Identity identity;
    private final Mail mail;

    /** The ports to listen on; 0 takes a free one. */
    record Ports(int postgres, int kafka, int identity, int smtp) {
        static final Ports FREE = new Ports(0, 0, 0, 0);
    }

    BackingServices(Path data, Ports ports, boolean durable) {
        var starting = CompletableFuture.supplyAsync(
                () -> started(new Broker(data, orFree(ports.kafka()), orFree(0))), Thread::startVirtualThread);
        try {
            postgres = started(new Postgres(data, orFree(ports.postgres()), durable));
            identity = started(new Identity(orFree(ports.identity())));
            mail = started(new Mail(orFree(ports.smtp())));
            broker = starting.join();
        } catch (RuntimeException e) {
            starting.exceptionally(failed -> null).thenRun(this::close).join();
            throw e;
        }
    }

    Postgres postgres() {
        return postgres;
    }

    Broker broker() {
        return broker;
    }

    Identity identity() {
        return identity;
    }

    Mail mail() {
        return mail;
    }

    /** Stops what was started, last first; what fails to stop does not keep the others running. */
    @Override
    public void close() {
        while (true) {
            AutoCloseable next;
            synchronized (running) {
                next = running.pollLast();
            }
            if (next == null) {
                return;
            }
            try {
                next.close();
            } catch (Exception e) {
                System.err.println("While stopping: " + e.getMessage());
            }
        }
    }

    private <T extends AutoCloseable> T started(T service) {
        synchronized (running) {
            running.addLast(service);
        }
        return service;
    }

    static int orFree(int port) {
        if (port != 0) {
            return port;
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For tests: {@code BackingServices DATA_FOLDER}. PostgreSQL runs without durability here. */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // what libraries print must not mix with the addresses
        BackingServices services = new BackingServices(Path.of(args[0]), Ports.FREE, false);
        Runtime.getRuntime().addShutdownHook(new Thread(services::close));
        print(out, "postgres.scheduler", () -> services.postgres.jdbcUrl("scheduler"));
        print(out, "postgres.notification", () -> services.postgres.jdbcUrl("notification"));
        print(out, "kafka", services.broker::bootstrapServers);
        print(out, "issuer", services.identity::issuerUrl);
        print(out, "smtp.port", () -> Integer.toString(services.mail.port()));
        out.println("READY");
        while (System.in.read() >= 0) {
            // only the end of the input counts
        }
        System.exit(0);
    }

    private static void print(PrintStream out, String key, Supplier<String> value) {
        out.println(key + "=" + value.get());
    }
}
