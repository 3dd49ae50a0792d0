package org.lectern.scheduler.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.event.DomainEvent;
import org.lectern.scheduler.event.Uuid7;

/** Where events wait for Kafka. An event is in it exactly when its change is committed. */
@ApplicationScoped
public class Outbox {

    private final EntityManager database;
    private final ObjectMapper json;
    private final TransactionSynchronizationRegistry transaction;
    private final OutboxRelay relay;

    @Inject
    Outbox(
            EntityManager database,
            ObjectMapper json,
            TransactionSynchronizationRegistry transaction,
            OutboxRelay relay) {
        this.database = database;
        this.json = json;
        this.transaction = transaction;
        this.relay = relay;
    }

    /**
     * Adds an event to the running transaction, which must exist, and wakes the relay when that commits.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(DomainEvent event) {
        database.createNativeQuery("""
                        INSERT INTO outbox
                            (id, aggregate_id, version, incarnation, topic, type, data, traceparent, occurred_at)
                        SELECT :id, :aggregate, :version, incarnation.id, :topic, :type, :data,
                               cast(:traceparent AS text), :at
                        FROM incarnation""")
                .setParameter("id", Uuid7.next())
                .setParameter("aggregate", event.subject())
                .setParameter("version", event.sequence())
                .setParameter("topic", event.type().topic())
                .setParameter("type", event.type().type())
                .setParameter("data", written(event))
                .setParameter("traceparent", traceparent())
                .setParameter("at", event.occurredAt())
                .executeUpdate();
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // only the outcome matters
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    relay.wake();
                }
            }
        });
    }

    private String written(DomainEvent event) {
        try {
            return json.writeValueAsString(event);
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
