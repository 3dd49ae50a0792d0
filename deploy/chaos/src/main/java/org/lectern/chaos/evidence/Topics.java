package org.lectern.chaos.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.lectern.chaos.evidence.Evidence.Position;

/** The topics of a run, and the records that the run put there itself. */
public final class Topics {

    private final Map<String, Object> kafka;
    private final Topic bookings;
    private final Topic requests;
    private final List<Position> planted = new ArrayList<>();

    /** Starts at the current end of the topics. */
    public Topics(Map<String, Object> kafka) {
        this.kafka = kafka;
        bookings = Topic.fromNow("lectern.bookings", kafka);
        requests = Topic.fromNow("lectern.requests", kafka);
    }

    Topic bookings() {
        return bookings;
    }

    Topic requests() {
        return requests;
    }

    List<Position> planted() {
        return List.copyOf(planted);
    }

    /** Puts an invalid record on the topic of bookings. No booking has its key. */
    public void poison(long seed, Consumer<String> log) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putAll(Map.of("delivery.timeout.ms", 20_000, "request.timeout.ms", 5000));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var where = producer.send(new ProducerRecord<>(
                            bookings.name(), "poison-" + seed, "{\"this\": is no event, number " + planted.size()))
                    .get();
            planted.add(new Position(where.partition(), where.offset()));
        } catch (ExecutionException e) {
            log.accept("       the poison could not be planted: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
