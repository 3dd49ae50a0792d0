package org.lectern.chaos.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.lectern.chaos.fault.FaultTarget.Replica;

/** Faults of the records on the topic of bookings, and of its consumer group. */
final class TopicFaults {

    /** The number of newest records per partition that are repeated. */
    private static final long REPEATED = 20;

    private TopicFaults() {}

    private static Map<String, Object> kafka(FaultTarget system) {
        return Map.of("bootstrap.servers", system.bootstrapServers());
    }

    /** An invalid record. */
    record Poison(Runnable plant) implements Fault {

        @Override
        public String target() {
            return "topic";
        }

        @Override
        public void inject() {
            plant.run();
        }

        @Override
        public void sustain(Duration length) {}

        @Override
        public void recover() {}
    }

    /** The newest events are published again, in their order. */
    record Repeated(FaultTarget system) implements Fault {

        @Override
        public String target() {
            return "topic";
        }

        @Override
        public void inject() {
            String topic = FaultContext.TOPIC;
            try (var reader = new KafkaConsumer<>(
                            kafka(system), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                    var writer =
                            new KafkaProducer<>(kafka(system), new ByteArraySerializer(), new ByteArraySerializer())) {
                List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                        .map(each -> new TopicPartition(topic, each.partition()))
                        .toList();
                var ends = reader.endOffsets(partitions);
                reader.assign(partitions);
                ends.forEach((partition, end) -> reader.seek(partition, Math.max(0, end - REPEATED)));
                while (partitions.stream().anyMatch(each -> reader.position(each) < ends.getOrDefault(each, 0L))) {
                    reader.poll(Duration.ofMillis(200)).forEach(found -> {
                        if (found.headers().lastHeader("ce_id") != null) {
                            writer.send(new ProducerRecord<>(
                                    topic, found.partition(), found.key(), found.value(), found.headers()));
                        }
                    });
                }
            }
        }

        @Override
        public void sustain(Duration length) {}

        @Override
        public void recover() {}
    }

    /** Members join and leave the consumer group. They hold their partitions without reading. */
    record Rebalances(FaultTarget system) implements Fault {

        private static final Duration MEMBER = Duration.ofMillis(700);

        @Override
        public String target() {
            return "consumer group";
        }

        @Override
        public void inject() {
            try (var guest = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", system.bootstrapServers(), "group.id", FaultContext.GROUP),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())) {
                guest.subscribe(List.of(FaultContext.TOPIC));
                guest.poll(MEMBER);
            }
        }

        @Override
        public void sustain(Duration length) {
            for (Duration left = length.minus(MEMBER); left.isPositive(); left = left.minus(MEMBER)) {
                inject();
            }
        }

        @Override
        public void recover() {}
    }

    /** The consumer group loses its offsets. Its members stay away until Kafka has deleted them. */
    static final class OffsetsLost implements Fault {

        private static final Duration PATIENCE = Duration.ofSeconds(60);

        private final FaultTarget system;
        private final List<? extends Replica> members;
        private final Consumer<String> log;
        private boolean forgotten;

        OffsetsLost(FaultTarget system, List<? extends Replica> members, Consumer<String> log) {
            this.system = system;
            this.members = members;
            this.log = log;
        }

        @Override
        public String target() {
            return "consumer group";
        }

        @Override
        public void inject() throws InterruptedException {
            for (Replica member : members) {
                member.terminate();
            }
            try (Admin admin = Admin.create(kafka(system))) {
                Instant deadline = Instant.now().plus(PATIENCE);
                while (!forgotten && Instant.now().isBefore(deadline)) {
                    try {
                        admin.deleteConsumerGroups(List.of(FaultContext.GROUP))
                                .all()
                                .get();
                        forgotten = true;
                    } catch (ExecutionException e) {
                        log.accept("       the group is not forgotten yet: " + e.getCause());
                        Thread.sleep(2000);
                    }
                }
            }
        }

        @Override
        public void sustain(Duration length) {}

        @Override
        public void recover() {
            members.forEach(Replica::start);
        }

        @Override
        public boolean happened() {
            return forgotten;
        }
    }

    /**
     * The topic gets one more partition, so newer versions of a booking may be on another partition than older ones.
     */
    static final class PartitionAdded implements Fault {

        private final FaultTarget system;
        private final Consumer<String> log;
        private boolean added;

        PartitionAdded(FaultTarget system, Consumer<String> log) {
            this.system = system;
            this.log = log;
        }

        @Override
        public String target() {
            return "topic";
        }

        @Override
        public void inject() throws InterruptedException {
            String topic = FaultContext.TOPIC;
            try (Admin admin = Admin.create(kafka(system))) {
                TopicDescription now = admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .values()
                        .iterator()
                        .next();
                int partitions = now.partitions().size() + 1;
                admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                        .all()
                        .get();
                added = true;
            } catch (ExecutionException e) {
                log.accept("       no partition was added: " + e.getCause());
            }
        }

        @Override
        public void sustain(Duration length) {}

        @Override
        public void recover() {}

        @Override
        public boolean happened() {
            return added;
        }
    }
}
