package org.lectern.notification.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.time.Uuid7;
import org.lectern.notification.transaction.AfterCommit;
import org.lectern.notification.transaction.Sql;

/** Where records lie that cannot be taken in, byte for byte, so that they can be looked at and replayed. */
@ApplicationScoped
class Quarantine {

    private static final Logger LOG = Logger.getLogger(Quarantine.class);

    private final Sql sql;
    private final ObjectMapper json;
    private final AfterCommit afterCommit;
    private final MeterRegistry metrics;
    private final Clock clock;

    @Inject
    Quarantine(Sql sql, ObjectMapper json, AfterCommit afterCommit, MeterRegistry metrics, Clock clock) {
        this.sql = sql;
        this.json = json;
        this.afterCommit = afterCommit;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Sets a record aside in the running transaction; the same record again changes nothing. */
    void add(ConsumerRecord<byte[], byte[]> message, String reason) {
        int added = sql.update(
                """
                INSERT INTO quarantine (id, topic, partition, record_offset, record_key, headers, value, reason,
                                        quarantined_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (topic, partition, record_offset) DO NOTHING""",
                Uuid7.next(),
                message.topic(),
                message.partition(),
                message.offset(),
                message.key(),
                headers(message),
                message.value(),
                reason,
                clock.instant());
        if (added == 1) {
            afterCommit.run(() -> {
                metrics.counter("lectern.intake.quarantined", "reason", reason).increment();
                LOG.errorf("Set aside %s-%d@%d: %s", message.topic(), message.partition(), message.offset(), reason);
            });
        }
    }

    long size() {
        return sql.one("SELECT count(*) AS size FROM quarantine", row -> row.bigNumber("size"))
                .orElse(0L);
    }

    /** As JSON text, values in base64: JSON escapes what a text column cannot hold. */
    private String headers(ConsumerRecord<byte[], byte[]> message) {
        List<Map<String, @Nullable Object>> headers = new ArrayList<>();
        for (Header header : message.headers()) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("name", header.key());
            entry.put("value", header.value());
            headers.add(entry);
        }
        try {
            return json.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Headers cannot be written as JSON", e);
        }
    }
}
