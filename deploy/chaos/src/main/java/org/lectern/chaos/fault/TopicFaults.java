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

/** Faults of what is on the topic of bookings, and of the group that consumes it. */
final class TopicFaults {

    /** How many of the newest records of each partition come a second time. */
    private static final long REPEATED = 20;

    private TopicFaults() {}

    private static Map<String, Object> kafka(FaultTarget system) {
        return Map.of("bootstrap.servers", system.bootstrapServers());
    }

    /** A record that is no event. */
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

    /** The newest events come a second time, in their order. */
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

    /** Members join and leave the consumer group, and read nothing while they have their part. */
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

    /** How far the consumer group has read is not known any more. Its members are away until it is forgotten. */
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

    /** The topic gets one partition more: what is new of a booking may lie beside what is old. */
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
