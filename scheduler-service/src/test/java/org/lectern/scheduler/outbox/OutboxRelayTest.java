package org.lectern.scheduler.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Topic;
import org.lectern.testing.Tokens;

/** Events are neither lost nor reordered per aggregate, with any number of relays and after any crash. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class OutboxRelayTest {

    @Inject
    City city;

    @Inject
    AgroalDataSource database;

    @Inject
    MeterRegistry meters;

    @Inject
    OutboxMetrics backlog;

    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    /** Drains events of other tests, which could exceed the patience of a test here. */
    @BeforeEach
    void nothingWaits() {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(city.count("SELECT count(*) FROM outbox_queue"))
                        .isZero());
    }

    /** Writes to the outbox as the service does, but without waking the relay. */
    static final String LEAVE_BEHIND = """
            WITH event AS (
                INSERT INTO outbox (id, aggregate_id, version, incarnation, topic, type, data, occurred_at)
                SELECT ?, ?, ?, incarnation.id, ?, ?, ?, now() FROM incarnation
                RETURNING *)
            INSERT INTO outbox_queue (id, aggregate_id, version, topic)
            SELECT id, aggregate_id, version, topic FROM event""";

    private void leaveBehind(UUID aggregate, int version) {
        city.run(LEAVE_BEHIND, Uuid7.next(), aggregate, version, "lectern.bookings", "lectern.test.v1", "{}");
    }

    private static Map<String, Object> at(String bootstrapServers) {
        return Map.of("bootstrap.servers", bootstrapServers);
    }

    private OutboxRelay another(int batchSize) {
        return new OutboxRelay(database, new Settings(batchSize), kafka, new SimpleMeterRegistry());
    }

    @Test
    void eventsOfADeadRelay_arePublishedInOrder() throws InterruptedException {
        List<UUID> aggregates =
                IntStream.range(0, 20).mapToObj(i -> Uuid7.next()).toList();
        List<OutboxRelay> relays = List.of(another(7), another(3), another(11));
        relays.forEach(relay -> relay.start(new StartupEvent()));
        try {
            for (int version = 1; version <= 10; version++) {
                for (UUID aggregate : aggregates) {
                    leaveBehind(aggregate, version);
                }
            }
            var keys = aggregates.stream().map(UUID::toString).collect(Collectors.toSet());
            var sequences = Topic.read("lectern.bookings", keys, 200).stream()
                    .collect(Collectors.groupingBy(
                            ConsumerRecord::key,
                            Collectors.mapping(event -> Topic.header(event, "ce_sequence"), Collectors.toList())));
            assertThat(sequences)
                    .hasSize(20)
                    .allSatisfy((key, versions) ->
                            assertThat(versions).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"));
        } finally {
            for (OutboxRelay relay : relays) {
                relay.stop(new ShutdownEvent());
            }
        }
        await().untilAsserted(() -> assertThat(city.count(
                        "SELECT count(*) FROM outbox_queue JOIN outbox USING (id) WHERE type = 'lectern.test.v1'"))
                .isZero());
    }

    @Test
    void aHigherVersionCommittedFirstWaitsForTheLower() throws Exception {
        UUID aggregate = Uuid7.next();
        leaveBehind(aggregate, 2);
        List<ConsumerRecord<String, String>> first =
                new ArrayList<>(Topic.read("lectern.bookings", aggregate.toString(), 1));
        leaveBehind(aggregate, 4);
        leaveBehind(aggregate, 3);

        assertThat(Topic.read("lectern.bookings", aggregate.toString(), 3))
                .extracting(event -> Topic.header(event, "ce_sequence"))
                .startsWith("2")
                .containsExactlyInAnyOrder("2", "3", "4");
        assertThat(first).hasSize(1);
    }

    @Test
    void exhaustedPool_doesNotStopTheRelay() throws Exception {
        UUID aggregate = Uuid7.next();
        List<Connection> taken = new ArrayList<>();
        try {
            long most =
                    database.getConfiguration().connectionPoolConfiguration().maxSize();
            while (taken.size() < most) {
                taken.add(database.getConnection());
            }
            try (PreparedStatement insert = taken.getFirst().prepareStatement(LEAVE_BEHIND)) {
                Object[] event = {Uuid7.next(), aggregate, 1, "lectern.bookings", "lectern.test.v1", "{}"};
                for (int i = 0; i < event.length; i++) {
                    insert.setObject(i + 1, event[i]);
                }
                insert.executeUpdate();
            }

            assertThat(Topic.read("lectern.bookings", aggregate.toString(), 1)).hasSize(1);
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    @Test
    void kafkaAway_delaysEvents() throws InterruptedException {
        var unreachable = new OutboxRelay(database, new Settings(10), at("127.0.0.1:1"), new SimpleMeterRegistry());
        unreachable.start(new StartupEvent());
        try {
            UUID aggregate = Uuid7.next();
            leaveBehind(aggregate, 1);

            // the unreachable relay may claim it first, but gives it up, and the service's relay sends it
            assertThat(Topic.read("lectern.bookings", aggregate.toString(), 1)).hasSize(1);
        } finally {
            unreachable.stop(new ShutdownEvent());
        }
    }

    @Test
    void aRelayThatCannotReachKafkaLeavesItsLanesToOthersUntilItCan() throws InterruptedException {
        var connections = new AtomicInteger();
        AgroalDataSource counted = (AgroalDataSource) Proxy.newProxyInstance(
                AgroalDataSource.class.getClassLoader(),
                new Class<?>[] {AgroalDataSource.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        connections.incrementAndGet();
                    }
                    return method.invoke(database, arguments);
                });
        UUID topicNobodyElseKnows = Uuid7.next();
        var unreachable = new OutboxRelay(counted, new Settings(10), at("127.0.0.1:1"), new SimpleMeterRegistry());
        try {
            // each lane always has an event
            for (int i = 0; i < 50; i++) {
                leaveBehind(Uuid7.next(), 1, topicNobodyElseKnows.toString(), "{}");
            }
            unreachable.start(new StartupEvent());
            // a relay without a lane tries again after three seconds
            var seen = new AtomicInteger();
            await().during(Duration.ofSeconds(4)).atMost(Duration.ofMinutes(2)).until(() -> {
                int now = connections.get();
                return seen.getAndSet(now) == now && now >= 2;
            });
            assertThat(unreachable.isRunning()).isTrue();
        } finally {
            unreachable.stop(new ShutdownEvent());
            remove("topic", topicNobodyElseKnows.toString());
        }
    }

    @Test
    void aLaneIsWokenForTheAggregatesThatAreInIt() {
        for (int i = 0; i < 20; i++) {
            UUID aggregate = UUID.randomUUID();
            leaveBehind(aggregate, 1, "lectern.nowhere", "{}");
            assertThat(city.count("SELECT lane FROM outbox_queue WHERE aggregate_id = ?", aggregate))
                    .isEqualTo(OutboxRelay.laneOf(aggregate));
        }
        remove("topic", "lectern.nowhere");
    }

    private void leaveBehind(UUID aggregate, int version, String topic, String data) {
        city.run(LEAVE_BEHIND, longAgo(), aggregate, version, topic, "lectern.odd.v1", data);
    }

    /** An id that sorts before all new events. */
    private static UUID longAgo() {
        UUID now = Uuid7.next();
        return new UUID(now.getMostSignificantBits() - (3_600_000L << 16), now.getLeastSignificantBits());
    }

    private void remove(String what, Object which) {
        city.run(
                "WITH gone AS (DELETE FROM outbox WHERE " + what + " = ? RETURNING id)"
                        + " DELETE FROM outbox_queue WHERE id IN (SELECT id FROM gone)",
                which);
    }

    @Test
    void rejectedEvent_delaysItsAggregateOnly() {
        UUID poisoned = Uuid7.next();
        leaveBehind(poisoned, 1, "lectern.bookings", "x".repeat(3_000_000));
        leaveBehind(poisoned, 2, "lectern.bookings", "{}");
        try {
            List<UUID> others =
                    IntStream.range(0, 30).mapToObj(i -> Uuid7.next()).toList();
            others.forEach(other -> leaveBehind(other, 1));

            Topic.read("lectern.bookings", others.stream().map(UUID::toString).collect(Collectors.toSet()), 30);
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> operator()
                            .get("/api/v1/outbox")
                            .then()
                            .statusCode(200)
                            .body("unpublished", greaterThanOrEqualTo(2))
                            .body("rejected.findAll { it.aggregateId == '" + poisoned + "' }.version", contains(1))
                            .body(
                                    "rejected.find { it.aggregateId == '" + poisoned + "' }.lastFailure",
                                    equalTo("RecordTooLargeException"))
                            .body(
                                    "rejected.find { it.aggregateId == '" + poisoned + "' }.failures",
                                    greaterThanOrEqualTo(1)));
            assertThat(city.count("SELECT count(*) FROM outbox_queue WHERE aggregate_id = ?", poisoned))
                    .isEqualTo(2);

            // after correction both go out, in order
            city.run("UPDATE outbox SET data = '{}' WHERE aggregate_id = ?", poisoned);
            city.run("UPDATE outbox_queue SET next_attempt_at = NULL WHERE aggregate_id = ?", poisoned);
            assertThat(Topic.read("lectern.bookings", poisoned.toString(), 2))
                    .extracting(event -> Topic.header(event, "ce_sequence"))
                    .containsExactly("1", "2");
        } finally {
            remove("aggregate_id", poisoned);
        }
    }

    @Test
    void unknownTopic_delaysItsEventsOnly() {
        String nowhere = "lectern.nowhere";
        try {
            // more than a batch, and older than all other events
            for (int i = 0; i < 1020; i++) {
                leaveBehind(Uuid7.next(), 1, nowhere, "{}");
            }
            for (int round = 0; round < 3; round++) {
                UUID other = Uuid7.next();
                leaveBehind(other, 1);
                assertThat(Topic.read("lectern.bookings", other.toString(), 1)).hasSize(1);
            }
            assertThat(city.count("SELECT count(*) FROM outbox_queue WHERE topic = ?", nowhere))
                    .isEqualTo(1020);
        } finally {
            remove("topic", nowhere);
        }
    }

    @Test
    void planForAnEmptyQueue_staysCheapWhenFull() throws Exception {
        assertThat(rowsReadByAClaimPlannedWhileAllWasEmpty(BACKLOG, 100)).isLessThan(1_000);
    }

    @Test
    void planForAnEmptyOutbox_readsNoPublishedEvents() throws Exception {
        String published = BACKLOG + "; DELETE FROM outbox_queue WHERE id NOT IN (SELECT id FROM outbox_queue"
                + " WHERE version = 1 AND lane = 0 ORDER BY id DESC LIMIT 3)";
        assertThat(rowsReadByAClaimPlannedWhileAllWasEmpty(published, 3)).isLessThan(100);
    }

    private long rowsReadByAClaimPlannedWhileAllWasEmpty(String then, int claimed) throws Exception {
        OutboxRelay relay = another(100);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                relay.begin(connection, 0);
                statement.execute("TRUNCATE outbox_queue, outbox");
                statement.execute("ANALYZE outbox_queue, outbox");
                for (int i = 0; i < 10; i++) { // from the fifth execution on, the driver uses a prepared statement
                    assertThat(relay.claim(connection, 0)).isEmpty();
                }
                statement.execute(then);
                long before = rowsReadSoFar(statement);
                assertThat(relay.claim(connection, 0)).hasSize(claimed);
                return rowsReadSoFar(statement) - before;
            } finally {
                connection.rollback();
            }
        }
    }

    /** Rows of outbox and queue read in this transaction. */
    private static long rowsReadSoFar(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT sum(idx_tup_fetch + seq_tup_read) FROM pg_stat_xact_user_tables"
                        + " WHERE relname IN ('outbox', 'outbox_queue')")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Two versions each of ten thousand aggregates. */
    private static final String BACKLOG = """
            WITH event AS (
                INSERT INTO outbox (id, aggregate_id, version, incarnation, topic, type, data, occurred_at)
                SELECT uuidv7(), a.id, v, incarnation.id, 'lectern.bookings', 'lectern.backlog.v1', '{}', now()
                FROM incarnation, (SELECT uuidv7() AS id FROM generate_series(1, 10000)) a, generate_series(1, 2) v
                RETURNING *)
            INSERT INTO outbox_queue (id, aggregate_id, version, topic)
            SELECT id, aggregate_id, version, topic FROM event""";

    @Test
    void aLongBacklogDrainsAlthoughTheDatabaseKnowsNothingOfItYet() {
        city.run(BACKLOG);
        try {
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(city.count("SELECT count(*) FROM outbox_queue"))
                            .isZero());
        } finally {
            remove("type", "lectern.backlog.v1");
        }
    }

    @Test
    void longBacklog_isEstimated() throws Exception {
        UUID longAgo = Uuid7.next();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(OutboxRelay.CLOSE_LANES);
            leaveBehind(longAgo, 1);
            city.run(
                    "UPDATE outbox_queue SET failures = 1, queued_at = now() - interval '1 day' WHERE aggregate_id = ?",
                    longAgo);
            statement.execute("SELECT setval(pg_get_serial_sequence('outbox_queue', 'position'), beyond, true)"
                    + " FROM (SELECT max(position) + 1000000 AS beyond FROM outbox_queue) gap");
            assertThat(backlog.read().events()).isEqualTo(1);
            city.run(BACKLOG);

            OutboxMetrics.Backlog ofTwentyThousand = backlog.read();
            assertThat(ofTwentyThousand.events()).isBetween(18_000.0, 22_000.0);
            assertThat(ofTwentyThousand.rejected()).isEqualTo(1);
            assertThat(ofTwentyThousand.oldestSeconds()).isBetween(86_400.0, 87_000.0);
        } finally {
            nothingWaits(); // the lanes are open again
            remove("type", "lectern.backlog.v1");
            remove("aggregate_id", longAgo);
        }
    }

    @Test
    void unresolvableBroker_isRetried() throws InterruptedException {
        var lost = new OutboxRelay(
                database, new Settings(10), at("no-such-broker.invalid:9092"), new SimpleMeterRegistry());
        lost.start(new StartupEvent());
        try {
            await().during(Duration.ofSeconds(2)).atMost(Duration.ofMinutes(2)).until(lost::isRunning);
        } finally {
            lost.stop(new ShutdownEvent());
        }
        assertThat(lost.isRunning()).isFalse();
    }

    @Test
    void ageOfEvents_isMeasuredWithoutTheRelay() {
        UUID waiting = Uuid7.next();
        leaveBehind(waiting, 1, "lectern.bookings", "x".repeat(3_000_000));
        city.run("UPDATE outbox_queue SET queued_at = now() - interval '2 hours' WHERE aggregate_id = ?", waiting);
        try {
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                assertThat(meters.get("lectern.outbox.oldest.unpublished.seconds")
                                .gauge()
                                .value())
                        .isBetween(7200.0, 9000.0);
                assertThat(meters.get("lectern.outbox.unpublished.events")
                                .gauge()
                                .value())
                        .isGreaterThanOrEqualTo(1);
                assertThat(meters.get("lectern.outbox.rejected.events").gauge().value())
                        .isGreaterThanOrEqualTo(1);
            });
        } finally {
            remove("aggregate_id", waiting);
        }
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(meters.get("lectern.outbox.oldest.unpublished.seconds")
                                .gauge()
                                .value())
                        .isLessThan(7200));
        assertThat(meters.get("lectern.outbox.publish.lag").timer().count()).isPositive();
    }

    private static RequestSpecification operator() {
        return RestAssured.given().auth().oauth2(Tokens.operator());
    }

    private record Settings(int batchSize) implements OutboxConfig {

        @Override
        public Duration metricsInterval() {
            return Duration.ofSeconds(5);
        }

        @Override
        public Duration retention() {
            return Duration.ofDays(30);
        }

        @Override
        public Duration pruneInterval() {
            return Duration.ofHours(1);
        }

        @Override
        public int maxReplayedEvents() {
            return 10_000;
        }

        @Override
        public boolean relayEnabled() {
            return true;
        }

        @Override
        public Duration pollInterval() {
            return Duration.ofMillis(20);
        }

        @Override
        public Duration maxBackoff() {
            return Duration.ofMillis(200);
        }

        @Override
        public Duration sendTimeout() {
            return Duration.ofSeconds(4);
        }
    }
}
