package org.lectern.notification.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.lectern.chassis.database.AfterCommit;
import org.lectern.chassis.database.Sql;

/** The transactional outbox: it contains an event exactly when the event's change is committed. */
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

    /** Adds events to the running transaction, which must exist, and wakes the relay at its commit. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(List<OutgoingEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        sql.update(
                """
                INSERT INTO outbox (id, topic, type, subject, version, data, traceparent, occurred_at)
                SELECT * FROM unnest(cast(? AS uuid[]), cast(? AS text[]), cast(? AS text[]), cast(? AS uuid[]),
                                     cast(? AS integer[]), cast(? AS text[]), cast(? AS text[]), cast(? AS timestamptz[]))""",
                Sql.each(events, OutgoingEvent::id),
                Sql.each(events, OutgoingEvent::topic),
                Sql.each(events, OutgoingEvent::type),
                Sql.each(events, OutgoingEvent::subject),
                Sql.each(events, OutgoingEvent::version),
                Sql.each(events, this::written),
                Sql.each(events, OutgoingEvent::traceparent),
                Sql.each(events, OutgoingEvent::occurredAt));
        afterCommit.run(relay::wake);
    }

    private String written(OutgoingEvent event) {
        try {
            return json.writeValueAsString(event.data());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event cannot be written as JSON: " + event.type(), e);
        }
    }
}
