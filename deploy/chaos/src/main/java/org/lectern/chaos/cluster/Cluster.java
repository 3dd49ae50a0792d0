package org.lectern.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.lectern.chaos.fault.FaultKind.Need;
import org.lectern.chaos.fault.FaultTarget;
import org.lectern.chaos.system.Database;
import org.lectern.chaos.system.Receivers;
import org.lectern.chaos.system.SystemUnderTest;
import org.lectern.local.FreePort;
import org.lectern.local.Identity;
import org.lectern.local.Postgres;
import org.lectern.local.Running;
import org.lectern.local.Token;
import org.lectern.local.Watchdog;
import org.lectern.local.proxy.FaultProxy;

/**
 * Lectern as in production, on one machine: two replicas of each service behind their own proxies to PostgreSQL and the
 * mail server, and brokers as separate processes. Every part can be killed and restarted with the same data and ports.
 */
public final class Cluster implements FaultTarget, AutoCloseable {

    private static final String HOST = ServiceReplica.HOST;
    private static final int REPLICAS = 2;
    private static final String NO_ROOM = "No space left on device";

    private final Watchdog watchdog;
    private final Path data;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final int postgresPort = FreePort.any();
    private final LimitedDisk databaseDisk;
    private final LimitedDisk brokerDisk;
    private final Brokers brokers;
    private final Identity identity;
    private final ReceivedMails mails;
    private final ReceivedWebhooks webhooks;
    private final FaultProxy webhookProxy;
    private final FaultProxy identityProxy;
    private final List<ServiceReplica> replicas = new ArrayList<>();
    private Postgres postgres;

    /** @param needs the capabilities that the faults of the run require; others are not provided */
    public Cluster(Running running, Path data, Path root, Set<Need> needs) throws InterruptedException {
        this.data = data;
        watchdog = running.start(Watchdog::new);
        boolean limited = needs.contains(Need.DISKS);
        int brokerCount = needs.contains(Need.THREE_BROKERS) ? 3 : 1;
        databaseDisk = running.start(() -> new LimitedDisk(data.resolve("postgres"), limited, this::refusedToDatabase));
        brokerDisk = running.start(() ->
                new LimitedDisk(Brokers.folder(data, brokerCount, 1).resolve("kafka"), limited, this::refusedToBroker));
        brokers = running.start(() -> new Brokers(data, brokerCount, running, watchdog));
        postgres = new Postgres(data, postgresPort, true);
        running.start(() -> (AutoCloseable) () -> Postgres.stopAbandoned(data.resolve("postgres")));
        watchdog.watchDatabase(postgres.pid());
        identity = running.start(() -> new Identity(FreePort.any()));
        identityProxy = running.start(() -> new FaultProxy(
                "identity",
                0,
                new InetSocketAddress(HOST, URI.create(identity.issuerUrl()).getPort())));
        mails = running.start(() -> new ReceivedMails(FreePort.any()));
        webhooks = running.start(ReceivedWebhooks::new);
        webhookProxy = running.start(() -> new FaultProxy("webhooks", 0, new InetSocketAddress(HOST, webhooks.port())));
        startReplicas(running, root, needs.contains(Need.CLOCKS));
    }

    private void startReplicas(Running running, Path root, boolean clocks) throws InterruptedException {
        var notification = new LinkedHashMap<>(NOTIFICATION);
        var place = new ServiceReplica.Place(
                root,
                data,
                http,
                watchdog,
                common(),
                Map.of("scheduler", SCHEDULER, "notification", notification),
                clocks ? new ClockJar(data) : null);
        for (int i = 1; i <= REPLICAS; i++) {
            replicas.add(new ServiceReplica("scheduler", i, place, running, postgresPort, null));
            replicas.add(new ServiceReplica("notification", i, place, running, postgresPort, mails.port()));
        }
        // all replicas share one public address: a message must not reveal which replica sent it
        notification.put(
                "LECTERN_PUBLIC_URL",
                replicas.stream()
                        .filter(each -> each.isOf("notification"))
                        .findFirst()
                        .orElseThrow()
                        .url());
        running.start(() -> (AutoCloseable) () -> replicas.forEach(ServiceReplica::kill));
        replicas.forEach(ServiceReplica::start);
        for (ServiceReplica replica : replicas) {
            replica.awaitReady();
        }
    }

    private Map<String, String> common() {
        return Map.of(
                "QUARKUS_PROFILE",
                "local",
                "QUARKUS_HTTP_HOST",
                HOST,
                "QUARKUS_MANAGEMENT_HOST",
                HOST,
                "KAFKA_BOOTSTRAP_SERVERS",
                brokers.bootstrapServers(),
                "QUARKUS_OIDC_AUTH_SERVER_URL",
                issuer(),
                // clients notice new partitions within a run
                "KAFKA_METADATA_MAX_AGE_MS",
                "3000");
    }

    private static final Map<String, String> SCHEDULER = Map.of(
            "LECTERN_BOOKING_HOLDS_MAX_PER_ORGANIZER", "0",
            "LECTERN_BOOKING_HOLDS_MIN_DURATION", "PT1S",
            // a worker of plans dies between many short steps, and is replaced within a run
            "LECTERN_PLANNING_CHUNK", "2",
            "LECTERN_PLANNING_LEASE", "5S",
            "LECTERN_PLANNING_CHECKPOINT_INTERVAL", "1S",
            "LECTERN_PLANNING_MOST_ATTEMPTS", "100");

    /** Shortens times for a short run: minutes replace the days of production, and seconds replace its minutes. */
    private static final Map<String, String> NOTIFICATION = Map.of(
            "LECTERN_DELIVERY_RETRY_SCHEDULE", "0s" + ",1s".repeat(3) + ",3s".repeat(120),
            "LECTERN_DELIVERY_LEASE", "20s",
            "LECTERN_BREAKER_PAUSE", "2s",
            "LECTERN_BREAKER_MAX_PAUSE", "20s",
            // long enough for changes to coalesce
            "LECTERN_DELIVERY_COALESCING_WINDOW", "2s");

    /** Base addresses of all replicas in the balance, ready or not. */
    private List<String> balanced(String service) {
        return replicas.stream()
                .filter(replica -> replica.isOf(service) && replica.isInBalance())
                .map(ServiceReplica::url)
                .toList();
    }

    /** Addresses of every part, for the run. */
    public SystemUnderTest system() {
        try {
            String organizer = Token.fetch(URI.create(issuer()), "organizer");
            return new SystemUnderTest(
                    () -> balanced("scheduler"),
                    () -> balanced("notification"),
                    () -> organizer,
                    database("scheduler"),
                    database("notification"),
                    Map.of("bootstrap.servers", bootstrapServers()),
                    Optional.of(new Outside()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The receivers outside the services. */
    private final class Outside implements Receivers {

        @Override
        public List<Mail> mails() {
            return mails.all();
        }

        @Override
        public List<Webhook> webhooks() {
            return webhooks.all();
        }

        @Override
        public String webhookUrl(String path) {
            return "http://" + HOST + ":" + webhookProxy.port() + path;
        }

        @Override
        public void expectSecret(String path, String secret) {
            webhooks.expectSecret(path, secret);
        }
    }

    /** The issuer is the address under which the identity provider is called. */
    private String issuer() {
        return "http://" + HOST + ":" + identityProxy.port()
                + URI.create(identity.issuerUrl()).getPath();
    }

    private Database database(String name) {
        return new Database(jdbcUrl(name), name, name);
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + HOST + ":" + postgresPort + "/" + database;
    }

    @Override
    public String bootstrapServers() {
        return brokers.bootstrapServers();
    }

    @Override
    public FaultProxy identity() {
        return identityProxy;
    }

    @Override
    public FaultProxy webhooks() {
        return webhookProxy;
    }

    @Override
    public List<? extends Replica> replicas() {
        return replicas;
    }

    @Override
    public List<FaultProxy> kafka() {
        return brokers.proxies();
    }

    @Override
    public void killBroker(int which) throws InterruptedException {
        brokers.kill(which);
    }

    @Override
    public void startBrokers() {
        brokers.start();
    }

    @Override
    public synchronized void crashDatabase() throws InterruptedException {
        stopDatabase("QUIT");
    }

    @Override
    public synchronized void restartDatabase() throws InterruptedException {
        stopDatabase("INT");
    }

    private void stopDatabase(String signal) throws InterruptedException {
        long pid = postgres.pid();
        ServiceReplica.signal(signal, pid);
        ProcessHandle.of(pid)
                .ifPresent(process ->
                        process.onExit().orTimeout(30, TimeUnit.SECONDS).join());
        postgres.close(); // only the lock of its folder is left to release
    }

    @Override
    public synchronized void startDatabase() {
        if (Postgres.isRunning(data.resolve("postgres"))) {
            return;
        }
        postgres.close(); // in case it ended by itself
        postgres = new Postgres(data, postgresPort, true);
        watchdog.watchDatabase(postgres.pid());
    }

    @Override
    public Disk databaseDisk() {
        return databaseDisk;
    }

    @Override
    public Disk brokerDisk() {
        return brokerDisk;
    }

    /** A broker ends when its only disk fails. */
    private long refusedToBroker() {
        return brokers.isRunning(0) ? 0 : 1;
    }

    private long refusedToDatabase() {
        try (Stream<String> lines = Files.lines(data.resolve("postgres.log"))) {
            return lines.filter(line -> line.contains(NO_ROOM)).count();
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
