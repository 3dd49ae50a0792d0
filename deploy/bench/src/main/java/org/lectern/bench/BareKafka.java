package org.lectern.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Measures the latency of a record from a producer that waits for all replicas to a consumer: the baseline for the
 * services.
 */
final class BareKafka {

    private static final int PARTITIONS = 12;
    private static final int BYTES = 900;
    private static final int WARM_UP = 200;
    private static final AtomicInteger RUNS = new AtomicInteger();

    private BareKafka() {}

    /** Round trips at that rate, measured from the moment each record was scheduled to be sent. */
    static Timings roundTrips(String brokers, int rate, int seconds) throws InterruptedException, ExecutionException {
        String topic = "bench.bare." + RUNS.incrementAndGet();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty())))
                    .all()
                    .get();
        }
        int count = WARM_UP + rate * seconds;
        long[] took = new long[count];
        try (var consumer = new KafkaConsumer<>(
                        Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                brokers,
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.LINGER_MS_CONFIG,
                                0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            partitions.forEach(consumer::position);
            Thread sender = Thread.ofPlatform().start(() -> {
                long begin = System.nanoTime() + 100_000_000;
                for (int i = 0; i < count; i++) {
                    long intended = begin + i * 1_000_000_000L / rate;
                    for (long left = intended - System.nanoTime(); left > 0; left = intended - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                    byte[] value = ByteBuffer.allocate(BYTES)
                            .putInt(i)
                            .putLong(intended)
                            .array();
                    producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, value));
                    producer.flush();
                }
            });
            for (int seen = 0; seen < count; ) {
                for (var each : consumer.poll(Duration.ofMillis(500))) {
                    ByteBuffer value = ByteBuffer.wrap(each.value());
                    took[value.getInt()] = System.nanoTime() - value.getLong();
                    seen++;
                }
            }
            sender.join();
        }
        return new Timings(Arrays.copyOfRange(took, WARM_UP, count));
    }
}
