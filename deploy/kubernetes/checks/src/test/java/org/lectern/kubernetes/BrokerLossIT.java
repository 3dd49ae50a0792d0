package org.lectern.kubernetes;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lectern.local.FreePort;
import org.lectern.local.TestStack;

/**
 * Three brokers with the settings of the manifests. One after the other fails and returns while organizers work. Events
 * continue while one is away, and at the end no event is lost, duplicated or out of order.
 */
@Tag("proof")
class BrokerLossIT {

    private static final Manifests PRODUCTION = Manifests.of("production");
    private static final int BROKERS = 3;
    private static final String BOOKINGS = "lectern.bookings";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TestStack stack = TestStack.startAlone();
    private final List<StartedBroker> brokers = new ArrayList<>();

    @Test
    void lostBroker_losesAndDelaysNothing() throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/kafka")), "loss");
        try {
            String bootstrap = startBrokers(folder);
            try (Admin admin = Admin.create(Map.of(
                            // a client that lost its broker refreshes its metadata
                            "bootstrap.servers",
                            bootstrap,
                            "metadata.max.age.ms",
                            500,
                            "request.timeout.ms",
                            3000,
                            "default.api.timeout.ms",
                            3000));
                    var scheduler = StartedService.start("scheduler", variables("scheduler", bootstrap));
                    var notification = StartedService.start("notification", variables("notification", bootstrap))) {
                scheduler.untilReady();
                notification.untilReady();
                untilAllReplicasAreInSync(admin);
                // each loss takes about twenty seconds
                try (var work = JudgedWork.begin(folder, scheduler, notification, stack, bootstrap, "2")) {
                    for (StartedBroker broker : brokers) {
                        untilMoreIsPublished(admin, 20);
                        broker.kill();
                        untilMoreIsPublished(admin, 50);
                        work.goesOn();
                        broker.startAgain();
                        untilAllReplicasAreInSync(admin);
                    }
                    work.foundEveryPromiseKept();
                }
            }
        } finally {
            brokers.forEach(StartedBroker::close);
        }
    }

    /** Returns the bootstrap addresses of all brokers. */
    private String startBrokers(Path folder) throws IOException {
        int[] ports = IntStream.range(0, BROKERS).map(i -> FreePort.any()).toArray();
        int[] controllers = IntStream.range(0, BROKERS).map(i -> FreePort.any()).toArray();
        String voters = IntStream.range(0, BROKERS)
                .mapToObj(i -> i + 1 + "@127.0.0.1:" + controllers[i])
                .collect(Collectors.joining(","));
        String cluster = Uuid.randomUuid().toString();
        for (int i = 0; i < BROKERS; i++) {
            Properties settings = new Properties();
            PRODUCTION
                    .one("Kafka", "lectern")
                    .at("/spec/kafka/config")
                    .properties()
                    .forEach(setting ->
                            settings.put(setting.getKey(), setting.getValue().asText()));
            settings.putAll(Map.of(
                    "cluster.id",
                    cluster,
                    "node.id",
                    Integer.toString(i + 1),
                    "controller.quorum.voters",
                    voters,
                    // a third of the default, so a broker counts as lost sooner
                    "broker.session.timeout.ms",
                    "3000",
                    "broker.heartbeat.interval.ms",
                    "500"));
            brokers.add(StartedBroker.begin(folder.resolve("broker-" + (i + 1)), ports[i], controllers[i], settings));
        }
        for (StartedBroker broker : brokers) {
            broker.untilReady();
        }
        return IntStream.of(ports).mapToObj(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    private Map<String, String> variables(String service, String bootstrap) {
        Map<String, String> variables = StartedService.variables(PRODUCTION, service, stack);
        variables.keySet().removeIf(name -> name.startsWith("KAFKA_"));
        variables.put("KAFKA_BOOTSTRAP_SERVERS", bootstrap);
        return variables;
    }

    private static void untilMoreIsPublished(Admin admin, int events) {
        AtomicLong before = new AtomicLong(-1);
        await("events are published").atMost(PATIENCE).until(() -> {
            try {
                before.compareAndSet(-1, published(admin));
                return published(admin) >= before.get() + events;
            } catch (ExecutionException e) {
                return false; // the leader is the lost broker, until the next election
            }
        });
    }

    private static long published(Admin admin) throws ExecutionException, InterruptedException {
        int partitions = describe(admin).partitions().size();
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(i -> new TopicPartition(BOOKINGS, i), i -> OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                .sum();
    }

    private static void untilAllReplicasAreInSync(Admin admin) {
        await("all replicas are in sync")
                .atMost(PATIENCE)
                .until(() -> describe(admin).partitions().stream()
                        .allMatch(partition -> partition.isr().size() == BROKERS));
    }

    private static TopicDescription describe(Admin admin) throws ExecutionException, InterruptedException {
        return admin.describeTopics(List.of(BOOKINGS)).allTopicNames().get().get(BOOKINGS);
    }
}
