package org.lectern.chaos.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.lectern.local.FreePort;
import org.lectern.local.Running;
import org.lectern.local.Watchdog;
import org.lectern.local.proxy.FaultProxy;

/**
 * One Kafka broker, or a cluster of three with {@code min.insync.replicas} of two. Each broker is a process behind its
 * own proxy.
 */
final class Brokers implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private final Watchdog watchdog;
    private final List<Node> nodes = new ArrayList<>();

    /** One broker, running or stopped. */
    private static final class Node {

        private final Path folder;
        private final int port = FreePort.any();
        private final int controllerPort = FreePort.any();
        private final FaultProxy proxy;
        private @Nullable Process process;

        Node(Path folder, String name, Running running) {
            this.folder = folder;
            proxy = running.start(() -> new FaultProxy(name, 0, new InetSocketAddress(HOST, port)));
        }

        boolean isRunning() {
            return process != null && process.isAlive();
        }
    }

    Brokers(Path data, int count, Running running, Watchdog watchdog) {
        this.watchdog = watchdog;
        for (int i = 1; i <= count; i++) {
            nodes.add(new Node(folder(data, count, i), "kafka-" + i, running));
        }
        writeSettings();
        start();
    }

    /** Brokers are counted from 1; the data of each lie in the folder {@code kafka} below this one. */
    static Path folder(Path data, int count, int number) {
        return count == 1 ? data : data.resolve("broker-" + number);
    }

    private void writeSettings() {
        String voters = IntStream.range(0, nodes.size())
                .mapToObj(i -> (i + 1) + "@" + HOST + ":" + nodes.get(i).controllerPort)
                .collect(Collectors.joining(","));
        String cluster = Uuid.randomUuid().toString();
        String replicas = Integer.toString(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            Properties settings = new Properties();
            if (nodes.size() > 1) {
                settings.put("node.id", Integer.toString(i + 1));
                settings.put("cluster.id", cluster);
                settings.put("controller.quorum.voters", voters);
                settings.put("default.replication.factor", replicas);
                settings.put("offsets.topic.replication.factor", replicas);
                settings.put("transaction.state.log.replication.factor", replicas);
                settings.put("share.coordinator.state.topic.replication.factor", replicas);
                settings.put("min.insync.replicas", "2");
            }
            Path folder = nodes.get(i).folder;
            try {
                Files.createDirectories(folder);
                try (var out = Files.newOutputStream(folder.resolve("broker.properties"))) {
                    settings.store(out, null);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    String bootstrapServers() {
        return nodes.stream().map(node -> HOST + ":" + node.proxy.port()).collect(Collectors.joining(","));
    }

    List<FaultProxy> proxies() {
        return nodes.stream().map(node -> node.proxy).toList();
    }

    synchronized boolean isRunning(int which) {
        return nodes.get(which).isRunning();
    }

    synchronized void kill(int which) throws InterruptedException {
        Process process = nodes.get(which).process;
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Starts all stopped brokers at once: one broker of a cluster is ready only when the others are. */
    synchronized void start() {
        List<Node> down = nodes.stream().filter(node -> !node.isRunning()).toList();
        down.forEach(node -> node.process = begin(node));
        down.forEach(Brokers::awaitReady);
    }

    private Process begin(Node node) {
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
                            node.folder.toString(),
                            Integer.toString(node.port),
                            Integer.toString(node.controllerPort),
                            Integer.toString(node.proxy.port()),
                            node.folder.resolve("broker.properties").toString())
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors(node).toFile()))
                    .start();
            watchdog.watchService(process.pid());
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path errors(Node node) {
        return node.folder.resolve("broker.err");
    }

    private static void awaitReady(Node node) {
        Process process = node.process;
        if (process == null) {
            return;
        }
        try {
            var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); !"READY".equals(line); line = lines.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("The broker did not start, see " + errors(node));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (int i = 0; i < nodes.size(); i++) {
            kill(i);
        }
    }
}
