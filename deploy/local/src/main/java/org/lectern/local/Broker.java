package org.lectern.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker (KRaft) with Lectern's topics and without automatic topic creation. Alone it is a cluster; with
 * settings it is one of several brokers.
 */
final class Broker implements AutoCloseable {

    private static final int PARTITIONS = 12;
    /** The maximum time until all brokers of a cluster are ready. */
    private static final Duration TOGETHER = Duration.ofSeconds(60);

    private static final String TWO_WEEKS = Long.toString(14L * 24 * 60 * 60 * 1000);

    private final KafkaRaftServer server;
    private final int port;

    Broker(Path data, int port, int controllerPort) {
        this(data, port, controllerPort, port, new Properties());
    }

    /**
     * @param advertisedPort the port for clients: that of the proxy, if there is one
     * @param more additional or replacing Kafka settings; {@code cluster.id} must be equal for all brokers of a cluster
     */
    private Broker(Path data, int port, int controllerPort, int advertisedPort, Properties more) {
        this.port = port;
        Path log = data.resolve("kafka");
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + advertisedPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", log.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // the default of 128 MB would fill a JVM with several brokers, and Kafka would then end the JVM
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
        settings.putAll(more);
        if (!Files.exists(log.resolve("meta.properties"))) {
            format(data, log, settings);
        }
        server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
        createTopics();
    }

    /**
     * Runs as a separate process, so that it can be killed:
     * {@code Broker DATA PORT CONTROLLER_PORT ADVERTISED_PORT [SETTINGS_FILE]}. Prints {@code READY}.
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        Path data = Path.of(arguments[0]);
        QuietLogs.to(data.resolve("broker"));
        Properties more = new Properties();
        if (arguments.length > 4) {
            try (var reader = Files.newBufferedReader(Path.of(arguments[4]))) {
                more.load(reader);
            }
        }
        new Broker(
                data,
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                more);
        out.println("READY");
        out.flush();
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path data, Path log, Properties settings) {
        try {
            Files.createDirectories(log);
            Path file = data.resolve("kafka.properties");
            try (var out = Files.newOutputStream(file)) {
                settings.store(out, null);
            }
            var said = new ByteArrayOutputStream();
            int exit = StorageTool.execute(
                    new String[] {
                        "format",
                        "--cluster-id",
                        settings.getProperty("cluster.id", Uuid.randomUuid().toString()),
                        "--config",
                        file.toString()
                    },
                    new PrintStream(said, true, StandardCharsets.UTF_8));
            if (exit != 0) {
                throw new IllegalStateException("Kafka's log directory could not be formatted: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empties Lectern's topics and deletes consumer groups, for reuse of the broker. */
    void resetTopics() {
        try (Admin admin = admin()) {
            Set<String> all = admin.listTopics().names().get();
            admin.deleteTopics(all).all().get();
            var groups = admin.listGroups().all().get().stream()
                    .map(GroupListing::groupId)
                    .toList();
            // a group with members that are still leaving stays; its offsets refer to deleted topics
            admin.deleteConsumerGroups(groups).deletedGroups().values().forEach(Broker::waitFor);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while deleting topics", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The topics could not be deleted", e.getCause());
        }
        createTopics();
    }

    private static void waitFor(KafkaFuture<Void> deletion) {
        try {
            deletion.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // not empty yet, or already deleted
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    private void createTopics() {
        Map<String, String> kept = Map.of(TopicConfig.RETENTION_MS_CONFIG, TWO_WEEKS);
        Map<String, String> compacted = Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        try (Admin admin = admin()) {
            // the settings of the brokers define the number of replicas
            for (NewTopic topic : List.of(
                    topic("lectern.bookings").configs(kept),
                    topic("lectern.requests").configs(kept),
                    topic("lectern.answers").configs(kept),
                    topic("lectern.branches").configs(compacted),
                    topic("lectern.lecturers").configs(compacted),
                    topic("lectern.acknowledgements").configs(kept))) {
                create(admin, topic);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating topics", e);
        }
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, Optional.of(PARTITIONS), Optional.empty());
    }

    private static void create(Admin admin, NewTopic topic) throws InterruptedException {
        long latest = System.nanoTime() + TOGETHER.toNanos();
        while (true) {
            try {
                admin.createTopics(List.of(topic)).all().get();
                return;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TopicExistsException) {
                    return;
                }
                boolean othersAreStarting = e.getCause() instanceof InvalidReplicationFactorException;
                if (!othersAreStarting || System.nanoTime() - latest > 0) {
                    throw new IllegalStateException("Topic " + topic.name() + " could not be created", e.getCause());
                }
                Thread.sleep(100);
            }
        }
    }
}
