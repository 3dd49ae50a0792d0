package org.lectern.notification.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.time.Uuid7;
import org.lectern.notification.transaction.AfterCommit;
import org.lectern.notification.transaction.Sql;

/** Where events wait for Kafka. An event is in it exactly when what it tells is committed. */
@ApplicationScoped
public class Outbox {

    private final Sql sql;
    private final ObjectMapper json;
    private final AfterCommit afterCommit;
    private final OutboxRelay relay;

    @Inject
    Outbox(Sql sql, ObjectMapper json, AfterCommit afterCommit, OutboxRelay relay) {
        this.sql = sql;
        this.json = json;
        this.afterCommit = afterCommit;
        this.relay = relay;
    }

    /** Adds an event to the running transaction, which must exist, and wakes the relay when that commits. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(OutgoingEvent event) {
        sql.update(
                """
                INSERT INTO outbox (id, topic, type, subject, version, data, traceparent, occurred_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                Uuid7.next(),
                event.topic(),
                event.type(),
                event.subject(),
                event.version(),
                written(event),
                traceparent(),
                event.occurredAt());
        afterCommit.run(relay::wake);
    }

    private String written(OutgoingEvent event) {
        try {
            return json.writeValueAsString(event.data());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event cannot be written as JSON: " + event.type(), e);
        }
    }

    /** The trace this request belongs to (W3C Trace Context), so that it goes on behind Kafka. */
    private static @Nullable String traceparent() {
        var span = Span.current().getSpanContext();
        return span.isValid()
                ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex()
                : null;
    }
}
