package org.lectern.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.fault.FaultTarget.Replica;
import org.lectern.local.FreePort;
import org.lectern.local.Running;
import org.lectern.local.ServiceProcess;
import org.lectern.local.Watchdog;
import org.lectern.local.proxy.FaultProxy;

/** One process of a service, with its own proxies to PostgreSQL and to the mail server. */
final class ServiceReplica implements Replica {

    static final String HOST = "127.0.0.1";

    /** Restarts services after a pause. */
    private static final Executor AGAIN = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    /** What the manifests leave a scheduler between its delay before SIGTERM and SIGKILL, less some to spare. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final String service;
    private final String name;
    private final Place place;
    private final int port = FreePort.any();
    private final int managementPort = FreePort.any();
    private final FaultProxy database;
    private final @Nullable FaultProxy mail;
    private volatile @Nullable ServiceProcess process;
    private volatile boolean inBalance = true;
    private boolean wanted;
    private int starts;

    /**
     * Configuration common to all replicas.
     *
     * @param data the folder of logs
     * @param settings settings of every service, and of single services by name
     * @param clocks shifts the clocks; null if that is impossible
     */
    record Place(
            Path root,
            Path data,
            HttpClient http,
            Watchdog watchdog,
            Map<String, String> settings,
            Map<String, Map<String, String>> settingsOf,
            @Nullable ClockJar clocks) {}

    /** @param mailPort port of the mail server, for a service that sends mail */
    ServiceReplica(
            String service, int number, Place place, Running running, int postgresPort, @Nullable Integer mailPort) {
        this.service = service;
        this.place = place;
        name = service + "-" + number;
        database =
                running.start(() -> new FaultProxy(name + "-database", 0, new InetSocketAddress(HOST, postgresPort)));
        mail = mailPort == null
                ? null
                : running.start(() -> new FaultProxy(name + "-mail", 0, new InetSocketAddress(HOST, mailPort)));
    }

    @Override
    public String name() {
        return name;
    }

    boolean isOf(String wantedService) {
        return service.equals(wantedService);
    }

    /** True if the balance sends requests to this replica. */
    boolean isInBalance() {
        return inBalance;
    }

    String url() {
        return "http://" + HOST + ":" + port;
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
        Map<String, String> settings = new LinkedHashMap<>(place.settings());
        settings.putAll(place.settingsOf().getOrDefault(service, Map.of()));
        settings.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        settings.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        // every statement carries its text, so crash points can recognise it
        settings.put(
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:postgresql://" + HOST + ":" + database.port() + "/" + service + "?prepareThreshold=0");
        settings.put("QUARKUS_DATASOURCE_USERNAME", service);
        settings.put("QUARKUS_DATASOURCE_PASSWORD", service);
        if (mail != null) {
            settings.put("LECTERN_MAIL_HOST", HOST);
            settings.put("LECTERN_MAIL_PORT", Integer.toString(mail.port()));
        }
        if (place.clocks() != null) {
            settings.put("JAVA_TOOL_OPTIONS", place.clocks().option(name));
        }
        Path jar = place.root().resolve(service + "-service/target/quarkus-app/quarkus-run.jar");
        starts++;
        ServiceProcess started =
                ServiceProcess.ofJar(name, jar, place.data().resolve(name + "-" + starts + ".log"), settings);
        place.watchdog().watchService(started.pid());
        process = started;
        wanted = true;
        started.ended().thenRunAsync(() -> startAgain(started), AGAIN);
    }

    /** Restarts a service that ended by itself, as Kubernetes does: a service that finds no database ends. */
    private synchronized void startAgain(ServiceProcess ended) {
        if (wanted && process == ended) {
            start();
        }
    }

    @Override
    public boolean isReady() {
        ServiceProcess there = process;
        return there != null && there.isReady(place.http(), health());
    }

    private URI health() {
        return URI.create("http://" + HOST + ":" + managementPort + "/q/health/ready");
    }

    void awaitReady() throws InterruptedException {
        ServiceProcess there = process;
        if (there != null) {
            there.awaitReady(place.http(), health());
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
            there.ended().get(GRACE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            signal("QUIT"); // its log shows what each thread waits for
            Thread.sleep(1000);
            there.kill();
            return false;
        }
    }

    @Override
    public void balance(boolean in) {
        inBalance = in;
    }

    @Override
    public synchronized void freeze() {
        signal("STOP");
    }

    @Override
    public synchronized void resume() {
        signal("CONT");
    }

    @Override
    public boolean shiftClock(Duration by) throws InterruptedException {
        return place.clocks() != null && place.clocks().shift(name, by);
    }

    private void signal(String signal) {
        ServiceProcess there = process;
        if (there != null) {
            signal(signal, there.pid());
        }
    }

    static void signal(String signal, long pid) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        ServiceProcess there = process;
        return there != null && there.isAlive();
    }
}
