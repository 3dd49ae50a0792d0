package org.lectern.chaos.fault;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.verdict.Violation;
import org.lectern.chaos.verdict.Violation.Promise;

/** Faults of Kafka's brokers. */
final class BrokerFaults {

    private BrokerFaults() {}

    /** All brokers are down. */
    record AllDown(FaultTarget system) implements Fault {

        @Override
        public String target() {
            return "broker";
        }

        @Override
        public void inject() throws InterruptedException {
            for (int i = 0; i < system.kafka().size(); i++) {
                system.killBroker(i);
            }
        }

        @Override
        public void recover() {
            system.startBrokers();
        }
    }

    /**
     * One broker of three is down. Events may wait for the election of new leaders, but not for the broker: waiting
     * events must go out while it is down. Kafka's own time is not judged: the patience begins when all partitions have
     * leaders and in-sync replicas without the broker.
     */
    static final class OneDown implements Fault {

        /** How long events may wait once the leaders are elected: an attempt of the relay and a margin. */
        private static final Duration PATIENCE = Duration.ofSeconds(30);

        /** How long the election may take. Kafka detects a lost broker after nine seconds, on a busy machine later. */
        private static final Duration ELECTION = Duration.ofMinutes(2);

        /** Long enough to observe an election. */
        private static final Duration LEAST = Duration.ofSeconds(12);

        private static final Duration POLL = Duration.ofMillis(250);

        private static final String LONGEST_WAIT =
                "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(queued_at)), 0) FROM outbox_queue";

        /** The cluster's {@code min.insync.replicas}: with fewer, a partition takes no event. */
        private static final int IN_SYNC = 2;

        private final FaultTarget system;
        private final int broker;
        private final Duration least;
        private final Duration patience;
        private final Duration election;
        private final BooleanSupplier elected;
        private final DoubleSupplier longestWait;
        private double longest;
        private @Nullable Instant electedAt;
        private boolean drained;

        OneDown(FaultTarget system, int broker, Consumer<String> log) {
            this(
                    system,
                    broker,
                    LEAST,
                    PATIENCE,
                    ELECTION,
                    () -> partitionsDoWithout(system, broker + 1),
                    () -> longestWait(system, log));
        }

        /**
         * @param least the minimum time that the broker is down
         * @param patience how long events may wait once leaders are elected
         * @param election how long the election may take; if it takes longer, the fault is not judged
         * @param elected true once no partition needs the broker
         * @param longestWait age of the oldest waiting event, in seconds
         */
        OneDown(
                FaultTarget system,
                int broker,
                Duration least,
                Duration patience,
                Duration election,
                BooleanSupplier elected,
                DoubleSupplier longestWait) {
            this.system = system;
            this.broker = broker;
            this.least = least;
            this.patience = patience;
            this.election = election;
            this.elected = elected;
            this.longestWait = longestWait;
        }

        @Override
        public String target() {
            return "broker-" + (broker + 1);
        }

        @Override
        public void inject() throws InterruptedException {
            system.killBroker(broker);
        }

        @Override
        public void sustain(Duration length) throws InterruptedException {
            Instant killed = Instant.now();
            Instant end = killed.plus(length.compareTo(least) < 0 ? least : length);
            Instant latest = killed.plus(election);
            while (Instant.now().isBefore(end) || (!drained && Instant.now().isBefore(latest))) {
                if (electedAt == null && elected.getAsBoolean()) {
                    electedAt = Instant.now();
                    latest = electedAt.plus(patience);
                }
                double wait = longestWait.getAsDouble();
                longest = Math.max(longest, wait);
                drained = electedAt != null && isYounger(wait, electedAt);
                Thread.sleep(POLL);
            }
        }

        /** The oldest waiting event was queued after that: all earlier ones went out, however busy the machine is. */
        private static boolean isYounger(double wait, Instant since) {
            return wait * 1000 < since.until(Instant.now(), ChronoUnit.MILLIS) || wait == 0;
        }

        /** True if every partition of the topics has a leader and enough in-sync replicas, none of them that node. */
        private static boolean partitionsDoWithout(FaultTarget system, int node) {
            try (Admin admin = Admin.create(Map.of(
                    "bootstrap.servers", system.bootstrapServers(),
                    "request.timeout.ms", "2000",
                    "default.api.timeout.ms", "4000"))) {
                return admin
                        .describeTopics(List.of(FaultContext.TOPIC, FaultContext.REQUESTS))
                        .allTopicNames()
                        .get()
                        .values()
                        .stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .allMatch(partition -> partition.leader() != null
                                && partition.leader().id() != node
                                && partition.isr().size() >= IN_SYNC
                                && partition.isr().stream().noneMatch(replica -> replica.id() == node));
            } catch (ExecutionException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private static double longestWait(FaultTarget system, Consumer<String> log) {
            try (Connection connection =
                            DriverManager.getConnection(system.jdbcUrl("scheduler"), "scheduler", "scheduler");
                    Statement statement = connection.createStatement();
                    var row = statement.executeQuery(LONGEST_WAIT)) {
                row.next();
                return row.getDouble(1);
            } catch (SQLException e) {
                log.accept("       scheduler: " + e.getMessage());
                return PATIENCE.toSeconds();
            }
        }

        @Override
        public void recover() {
            system.startBrokers();
        }

        @Override
        public boolean happened() {
            return electedAt != null;
        }

        @Override
        public List<Violation> violations() {
            return drained || electedAt == null
                    ? List.of()
                    : List.of(new Violation(
                            Promise.ONE_BROKER_LOST_IS_NOT_FELT,
                            "with " + target() + " down events still waited " + measured()));
        }

        @Override
        public String measured() {
            return String.format(Locale.ROOT, "events waited up to %.1f s", longest);
        }
    }
}
