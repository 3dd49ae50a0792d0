package org.lectern.chaos.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.ChaosRun;
import org.lectern.chaos.fault.Victims;
import org.lectern.local.FreePort;
import org.lectern.local.Identity;
import org.lectern.local.Postgres;
import org.lectern.local.Running;
import org.lectern.local.ServiceProcess;
import org.lectern.local.Token;
import org.lectern.local.Watchdog;
import org.lectern.local.proxy.FaultProxy;

/**
 * Lectern as it runs in production, on one machine: two replicas of each service, each behind proxies of its own to
 * PostgreSQL and the mail server, and a broker that is a process of its own. Every part can be killed and started again
 * on the same data and ports.
 */
public final class Cluster implements Victims, AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int REPLICAS = 2;

    /** Where and after what pause services are started again. */
    private static final Executor AGAIN = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final Running running;
    private final Watchdog watchdog;
    private final Path data;
    private final Path root;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final int postgresPort = FreePort.any();
    private final int brokerPort = FreePort.any();
    private final int controllerPort = FreePort.any();
    private final FaultProxy kafka;
    private final Identity identity;
    private final ReceivedMails mails;
    private final ReceivedWebhooks webhooks;
    private final FaultProxy webhookProxy;
    private final FaultProxy identityProxy;
    private final List<Replica> replicas = new ArrayList<>();
    private Postgres postgres;
    private Process broker;

    public Cluster(Running running, Path data, Path root) throws InterruptedException {
        this.running = running;
        this.data = data;
        this.root = root;
        watchdog = running.start(Watchdog::new);
        kafka = running.start(() -> new FaultProxy("kafka", 0, new InetSocketAddress(HOST, brokerPort)));
        broker = startBroker();
        running.start(() -> (AutoCloseable) () -> broker.destroyForcibly().waitFor());
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
        for (int i = 1; i <= REPLICAS; i++) {
            replicas.add(new Replica("scheduler", i));
            replicas.add(new Replica("notification", i));
        }
        running.start(() -> (AutoCloseable) () -> replicas.forEach(Replica::kill));
        replicas.forEach(Replica::start);
        for (Replica replica : replicas) {
            replica.awaitReady();
        }
    }

    /** One process of a service, with its own way to everything it needs. */
    private final class Replica implements Victim {

        private final String service;
        private final String name;
        private final int port = FreePort.any();
        private final int managementPort = FreePort.any();
        private final FaultProxy database;
        private final @Nullable FaultProxy mail;
        private volatile @Nullable ServiceProcess process;
        private volatile boolean inBalance = true;
        private boolean wanted;
        private int starts;

        Replica(String service, int number) {
            this.service = service;
            name = service + "-" + number;
            database = running.start(
                    () -> new FaultProxy(name + "-database", 0, new InetSocketAddress(HOST, postgresPort)));
            mail = service.equals("notification")
                    ? running.start(() -> new FaultProxy(name + "-mail", 0, new InetSocketAddress(HOST, mails.port())))
                    : null;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public FaultProxy database() {
            return database;
        }

        @Override
        public @Nullable FaultProxy mail() {
            return mail;
        }

        @Override
        public synchronized void start() {
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("QUARKUS_PROFILE", "local");
            settings.put("QUARKUS_HTTP_HOST", HOST);
            settings.put("QUARKUS_HTTP_PORT", Integer.toString(port));
            settings.put("QUARKUS_MANAGEMENT_HOST", HOST);
            settings.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
            // every statement with its text, so that traps can tell which one travels
            settings.put(
                    "QUARKUS_DATASOURCE_JDBC_URL",
                    "jdbc:postgresql://" + HOST + ":" + database.port() + "/" + service + "?prepareThreshold=0");
            settings.put("QUARKUS_DATASOURCE_USERNAME", service);
            settings.put("QUARKUS_DATASOURCE_PASSWORD", service);
            settings.put("KAFKA_BOOTSTRAP_SERVERS", HOST + ":" + kafka.port());
            settings.put("QUARKUS_OIDC_AUTH_SERVER_URL", issuer());
            // what is new about the topics is noticed within a run
            settings.put("KAFKA_METADATA_MAX_AGE_MS", "3000");
            settings.put("LECTERN_BOOKING_HOLDS_MOST_PER_ORGANIZER", "0");
            settings.put("LECTERN_BOOKING_HOLDS_SHORTEST", "PT1S");
            if (mail != null) {
                settings.put("LECTERN_MAIL_HOST", HOST);
                settings.put("LECTERN_MAIL_PORT", Integer.toString(mail.port()));
                // a run is short: what production tries for days is tried for minutes
                settings.put("LECTERN_DELIVERY_RETRY_SCHEDULE", "0s" + ",1s".repeat(3) + ",3s".repeat(120));
                settings.put("LECTERN_DELIVERY_LEASE", "20s");
                // the one address of them all: which replica sends must not show in what is sent
                settings.put("LECTERN_PUBLIC_URL", first(service).url());
                // long enough for changes to meet, short enough for a run
                settings.put("LECTERN_DELIVERY_GATHER_FOR", "2s");
            }
            Path jar = root.resolve(service + "-service/target/quarkus-app/quarkus-run.jar");
            starts++;
            ServiceProcess started =
                    ServiceProcess.ofJar(name, jar, data.resolve(name + "-" + starts + ".log"), settings);
            watchdog.watchService(started.pid());
            process = started;
            wanted = true;
            started.ended().thenRunAsync(() -> startAgain(started), AGAIN);
        }

        /** What ends by itself is started again, as by Kubernetes; a service that finds no database ends. */
        private synchronized void startAgain(ServiceProcess ended) {
            if (wanted && process == ended) {
                start();
            }
        }

        @Override
        public boolean isReady() {
            ServiceProcess there = process;
            return there != null && there.isReady(http, health());
        }

        private URI health() {
            return URI.create("http://" + HOST + ":" + managementPort + "/q/health/ready");
        }

        void awaitReady() throws InterruptedException {
            ServiceProcess there = process;
            if (there != null) {
                there.awaitReady(http, health());
            }
        }

        @Override
        public synchronized void kill() {
            wanted = false;
            ServiceProcess there = process;
            if (there != null) {
                there.kill();
            }
        }

        @Override
        public synchronized boolean terminate() throws InterruptedException {
            ServiceProcess there = process;
            wanted = false;
            if (there == null) {
                return true;
            }
            signal("TERM");
            try {
                there.ended().get(30, TimeUnit.SECONDS);
                return true;
            } catch (ExecutionException | TimeoutException e) {
                there.kill();
                return false;
            }
        }

        @Override
        public void balance(boolean in) {
            inBalance = in;
        }

        private String url() {
            return "http://" + HOST + ":" + port;
        }

        @Override
        public synchronized void stop() {
            signal("STOP");
        }

        @Override
        public synchronized void resume() {
            signal("CONT");
        }

        private void signal(String signal) {
            ServiceProcess there = process;
            if (there != null) {
                Cluster.signal(signal, there.pid());
            }
        }

        @Override
        public boolean isRunning() {
            ServiceProcess there = process;
            return there != null && there.isAlive();
        }
    }

    private Replica first(String service) {
        return replicas.stream()
                .filter(replica -> replica.service.equals(service))
                .findFirst()
                .orElseThrow();
    }

    /** Where requests go: to all of them, ready or not, save those that were taken out. */
    private List<String> balanced(String service) {
        return replicas.stream()
                .filter(replica -> replica.service.equals(service) && replica.inBalance)
                .map(Replica::url)
                .toList();
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + HOST + ":" + postgresPort + "/" + database;
    }

    @Override
    public String bootstrapServers() {
        return HOST + ":" + kafka.port();
    }

    public ReceivedWebhooks received() {
        return webhooks;
    }

    /** Where a run finds everything. */
    public ChaosRun.Target target() {
        try {
            String organizer = Token.fetch(URI.create(issuer()), "organizer");
            return new ChaosRun.Target(
                    () -> balanced("scheduler"),
                    () -> balanced("notification"),
                    () -> organizer,
                    database("scheduler"),
                    database("notification"),
                    Map.of("bootstrap.servers", bootstrapServers()),
                    Optional.of(new ChaosRun.Receivers(mails::all, webhooks::all)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The issuer is who is asked, by the name it is asked by. */
    private String issuer() {
        return "http://" + HOST + ":" + identityProxy.port()
                + URI.create(identity.issuerUrl()).getPath();
    }

    @Override
    public FaultProxy identity() {
        return identityProxy;
    }

    private ChaosRun.Database database(String name) {
        return new ChaosRun.Database(jdbcUrl(name), name, name);
    }

    /** The address of a branch's own system. */
    public String webhookUrl(String path) {
        return "http://" + HOST + ":" + webhookProxy.port() + path;
    }

    @Override
    public FaultProxy webhooks() {
        return webhookProxy;
    }

    @Override
    public List<? extends Victim> replicas() {
        return replicas;
    }

    @Override
    public FaultProxy kafka() {
        return kafka;
    }

    @Override
    public synchronized void killBroker() throws InterruptedException {
        broker.destroyForcibly().waitFor();
    }

    @Override
    public synchronized void reviveBroker() {
        broker = startBroker();
    }

    private Process startBroker() {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx384m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "org.lectern.local.Broker",
                            data.toString(),
                            Integer.toString(brokerPort),
                            Integer.toString(controllerPort),
                            Integer.toString(kafka.port()))
                    .redirectError(data.resolve("broker.err").toFile())
                    .start();
            watchdog.watchService(process.pid());
            var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); !"READY".equals(line); line = lines.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("The broker did not start, see " + data.resolve("broker.err"));
                }
            }
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As when the machine loses power: PostgreSQL recovers from its log. */
    @Override
    public synchronized void crashDatabase() throws InterruptedException {
        stopDatabase("QUIT");
    }

    /** As when it is updated: sessions are cut off, nothing has to be recovered. */
    @Override
    public synchronized void restartDatabase() throws InterruptedException {
        stopDatabase("INT");
    }

    private void stopDatabase(String signal) throws InterruptedException {
        long pid = postgres.pid();
        signal(signal, pid);
        ProcessHandle.of(pid)
                .ifPresent(process ->
                        process.onExit().orTimeout(30, TimeUnit.SECONDS).join());
        postgres.close(); // there is nothing left to stop, but its lock of the folder
    }

    @Override
    public synchronized void startDatabase() {
        postgres = new Postgres(data, postgresPort, true);
        watchdog.watchDatabase(postgres.pid());
    }

    private static void signal(String signal, long pid) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
