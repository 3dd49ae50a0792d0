package org.lectern.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * PostgreSQL, Kafka, identity and mail for all test JVMs of a checkout, as one process. Each test JVM is a tenant with
 * exclusive databases and an exclusive broker while its connection is open. Without tenants the process ends after the
 * time that the last tenant requested, and keeps only logs in its folder.
 *
 * <p>Protocol, lines of ASCII: the tenant sends the seconds to stay after it; the answer is {@code key=value} lines,
 * then {@code READY}. The lease ends with the connection.
 */
final class SharedEngines implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SharedEngines.class.getName());

    private final Path data;
    private final Running running;
    private final BackingServices services;
    private final ServerSocket control;
    private final AtomicInteger number = new AtomicInteger();
    private final Deque<Broker> freeBrokers = new ArrayDeque<>();
    private int tenants;
    /** When they end without tenants; the first tenant has one minute to connect. */
    private long endAfter = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);

    SharedEngines(Path data, Running running) throws IOException {
        this.data = data;
        this.running = running;
        services = new BackingServices(running, data, BackingServices.Ports.FREE, false);
        freeBrokers.add(services.broker());
        control = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** {@code SharedEngines FOLDER STATE_FILE}: an empty folder, and the file that receives the port for tenants. */
    public static void main(String[] arguments) throws InterruptedException {
        Path data = Path.of(arguments[0]);
        QuietLogs.to(data);
        Running running = new Running();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> BackingServices.end(running, data)));
        try {
            SharedEngines engines = running.start(() -> {
                try {
                    return new SharedEngines(data, running);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            running.start(() -> new StateFile(
                    Path.of(arguments[1]), Map.of("control", Integer.toString(engines.control.getLocalPort()))));
            Thread.startVirtualThread(engines::accept);
            engines.awaitIdle();
        } catch (RuntimeException e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    @Override
    public void close() throws IOException {
        control.close();
    }

    private void accept() {
        while (!control.isClosed()) {
            try {
                Socket tenant = control.accept();
                Thread.startVirtualThread(() -> serve(tenant));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private synchronized void awaitIdle() throws InterruptedException {
        while (tenants > 0 || System.nanoTime() - endAfter < 0) {
            wait(500);
        }
    }

    private void serve(Socket tenant) {
        int id = number.incrementAndGet();
        synchronized (this) {
            tenants++;
        }
        long stay = 0;
        try (tenant;
                var in = new BufferedReader(new InputStreamReader(tenant.getInputStream(), StandardCharsets.US_ASCII));
                var out = new PrintWriter(
                        new OutputStreamWriter(tenant.getOutputStream(), StandardCharsets.US_ASCII), true)) {
            String first = in.readLine();
            if (first == null) {
                return; // a connection without a request
            }
            stay = Long.parseLong(first);
            if (id == 1) {
                synchronized (this) {
                    endAfter = System.nanoTime();
                }
            }
            String suffix = "_" + id;
            Broker broker = takeBroker(id);
            services.postgres().createDatabases(suffix);
            try {
                addresses(suffix, broker).forEach((key, value) -> out.println(key + "=" + value));
                out.println("READY");
                while (in.readLine() != null) {
                    // only the end of the connection matters
                }
            } finally {
                services.postgres().dropDatabases(suffix);
                broker.resetTopics();
                synchronized (this) {
                    freeBrokers.add(broker);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, e, () -> "Tenant " + id);
        } finally {
            synchronized (this) {
                tenants--;
                endAfter = Math.max(endAfter, System.nanoTime() + TimeUnit.SECONDS.toNanos(stay));
                notifyAll();
            }
        }
    }

    private Broker takeBroker(int id) {
        synchronized (this) {
            Broker free = freeBrokers.poll();
            if (free != null) {
                return free;
            }
        }
        return running.start(() -> new Broker(data.resolve("broker-" + id), FreePort.any(), FreePort.any()));
    }

    private Map<String, String> addresses(String suffix, Broker broker) {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String database : Postgres.DATABASES) {
            addresses.put("postgres." + database, services.postgres().jdbcUrl(database + suffix));
        }
        addresses.put("kafka", broker.bootstrapServers());
        addresses.put("issuer", services.identity().issuerUrl());
        addresses.put("smtp.port", Integer.toString(services.mail().port()));
        addresses.put("mailbox.port", Integer.toString(services.mail().mailboxPort()));
        return addresses;
    }
}
