package org.lectern.scheduler.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.event.Uuid7;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Topic;

/** Nothing lost and in order per aggregate, however many relays run and whatever was left behind. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class OutboxRelayTest {

    @Inject
    City city;

    @Inject
    AgroalDataSource database;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private void leaveBehind(UUID aggregate, int version) {
        city.run(
                "INSERT INTO outbox (id, aggregate_id, version, incarnation, topic, type, data, occurred_at)"
                        + " SELECT ?, ?, ?, incarnation.id, 'lectern.bookings', 'lectern.test.v1', '{}', now() FROM incarnation",
                Uuid7.next(),
                aggregate,
                version);
    }

    private OutboxRelay another(int batchSize) {
        return new OutboxRelay(database, new Settings(batchSize), kafka, new SimpleMeterRegistry());
    }

    @Test
    void whatADeadProcessLeftIsPublishedInOrderByAnyNumberOfRelays() throws InterruptedException {
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
                        "SELECT count(*) FROM outbox WHERE type = 'lectern.test.v1' AND published_at IS NULL"))
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
    void whileKafkaIsAwayEventsWaitAndThenGo() throws InterruptedException {
        var unreachable = new OutboxRelay(database, new Settings(10), "127.0.0.1:1", new SimpleMeterRegistry());
        unreachable.start(new StartupEvent());
        try {
            UUID aggregate = Uuid7.next();
            leaveBehind(aggregate, 1);

            // the unreachable relay may claim it first; it then lets go, and the service's own relay takes it
            assertThat(Topic.read("lectern.bookings", aggregate.toString(), 1)).hasSize(1);
        } finally {
            unreachable.stop(new ShutdownEvent());
        }
    }

    private record Settings(int batchSize) implements OutboxConfig {

        @Override
        public boolean relayEnabled() {
            return true;
        }

        @Override
        public Duration pollInterval() {
            return Duration.ofMillis(20);
        }

        @Override
        public Duration longestPause() {
            return Duration.ofMillis(200);
        }

        @Override
        public Duration sendTimeout() {
            return Duration.ofSeconds(4);
        }
    }
}
