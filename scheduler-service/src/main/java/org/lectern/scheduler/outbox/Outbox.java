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
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.event.DomainEvent;

/** Stores events for Kafka. An event is in the outbox and its queue exactly when its change is committed. */
@ApplicationScoped
public class Outbox {

    private static final String INSERT = """
            WITH event AS (
                INSERT INTO outbox (id, aggregate_id, version, incarnation, topic, type, data, traceparent, occurred_at, retain_until)
                SELECT ?, ?, ?, incarnation.id, ?, ?, ?, ?, ?, ? FROM incarnation
                RETURNING id, aggregate_id, version, topic, written_at)
            INSERT INTO outbox_queue (id, aggregate_id, version, topic, queued_at)
            SELECT id, aggregate_id, version, topic, written_at FROM event""";

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

    /** Adds an event to the running transaction, which must exist, and wakes the relay at commit. */
    public void append(DomainEvent event) {
        append(List.of(event));
    }

    /** Adds events of different aggregates. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(List<? extends DomainEvent> events) {
        // plain JDBC on the transaction's connection: a Hibernate query would dirty-check the whole session first
        database.unwrap(Session.class).doWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                for (DomainEvent event : events) {
                    statement.setObject(1, Uuid7.next());
                    statement.setObject(2, event.subject());
                    statement.setInt(3, event.sequence());
                    statement.setString(4, event.type().topic());
                    statement.setString(5, event.type().type());
                    statement.setString(6, written(event));
                    statement.setString(7, traceparent());
                    statement.setObject(8, event.occurredAt().atOffset(ZoneOffset.UTC));
                    statement.setObject(9, event.neededUntil().map(Outbox::time).orElse(null));
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        });
        Set<UUID> aggregates = events.stream().map(DomainEvent::subject).collect(Collectors.toSet());
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // no action needed before completion
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    relay.wake(aggregates);
                }
            }
        });
    }

    /** PostgreSQL's {@code infinity} marks events needed for ever. */
    private static OffsetDateTime time(Instant instant) {
        return instant.equals(Instant.MAX) ? OffsetDateTime.MAX : instant.atOffset(ZoneOffset.UTC);
    }

    private String written(DomainEvent event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event cannot be written as JSON: " + event.type(), e);
        }
    }

    /** The current trace (W3C Trace Context), so that it continues in Kafka consumers. */
    private static @Nullable String traceparent() {
        var span = Span.current().getSpanContext();
        return span.isValid()
                ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex()
                : null;
    }
}
