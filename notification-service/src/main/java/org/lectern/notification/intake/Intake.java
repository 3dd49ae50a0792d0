package org.lectern.notification.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.delivery.Deliveries;
import org.lectern.notification.directory.Branches;
import org.lectern.notification.event.BranchChanged;
import org.lectern.notification.event.Event;
import org.lectern.notification.event.EventReader;
import org.lectern.notification.event.Told;
import org.lectern.notification.event.Unreadable;
import org.lectern.notification.notice.Draft;
import org.lectern.notification.notice.Notices;
import org.lectern.notification.trace.Traces;
import org.lectern.notification.transaction.Sql;
import org.lectern.notification.transaction.Transactions;

/**
 * Takes records in: everything that follows from them (directory, notices, deliveries, what is held or set aside) and
 * how far the partitions were read is one transaction. So a record has its effect exactly when it counts as read.
 */
@ApplicationScoped
class Intake {

    private final EventReader reader = new EventReader();
    private final Branches branches;
    private final EventSequence sequence;
    private final Notices notices;
    private final Deliveries deliveries;
    private final Quarantine quarantine;
    private final Offsets offsets;
    private final Traces traces;
    private final Sql sql;
    private final MeterRegistry metrics;

    @Inject
    Intake(
            Branches branches,
            EventSequence sequence,
            Notices notices,
            Deliveries deliveries,
            Quarantine quarantine,
            Offsets offsets,
            Traces traces,
            Sql sql,
            MeterRegistry metrics) {
        this.branches = branches;
        this.sequence = sequence;
        this.notices = notices;
        this.deliveries = deliveries;
        this.quarantine = quarantine;
        this.offsets = offsets;
        this.traces = traces;
        this.sql = sql;
        this.metrics = metrics;
    }

    /** Takes all of them in, or none. */
    void take(List<ConsumerRecord<byte[], byte[]>> messages) {
        Transactions.inNew(() -> {
            List<Draft> drafts = new ArrayList<>();
            for (var message : messages) {
                take(message, drafts::add);
            }
            deliveries.enqueue(notices.write(drafts));
            offsets.advance(messages);
            return messages;
        });
        messages.forEach(message -> metrics.counter("lectern.intake.records", "topic", message.topic())
                .increment());
    }

    /** Sets a record aside that made every attempt to take it in fail. */
    void setAside(ConsumerRecord<byte[], byte[]> message) {
        Transactions.inNew(() -> {
            quarantine.add(message, "failed");
            offsets.advance(List.of(message));
            return message;
        });
    }

    /** Lets go on what was left behind among the held events. */
    void sweep() {
        for (UUID subject : sequence.leftBehind()) {
            Transactions.inNew(() -> {
                List<Draft> drafts = new ArrayList<>();
                sequence.goOn(subject, drafts::add);
                deliveries.enqueue(notices.write(drafts));
                return subject;
            });
        }
    }

    long held() {
        return sql.one("SELECT count(*) AS held FROM held_event", row -> row.bigNumber("held"))
                .orElse(0L);
    }

    long quarantined() {
        return quarantine.size();
    }

    private void take(ConsumerRecord<byte[], byte[]> message, Consumer<Draft> tell) {
        Span span = traces.begin("take in " + message.topic(), SpanKind.CONSUMER, traceparent(message));
        try (var scope = span.makeCurrent()) {
            Envelope envelope = Envelope.of(message);
            byte[] value = message.value();
            if (value == null) {
                throw new Unreadable("tombstone");
            }
            Event event = reader.read(envelope.type(), value);
            if (!event.subject().equals(envelope.subject()) || event.version() != envelope.version()) {
                throw new Unreadable("data-contradicts-headers");
            }
            switch (event) {
                case BranchChanged changed -> {
                    branches.put(changed);
                    sequence.branchIsKnown(changed.branchId(), tell);
                }
                case Told told ->
                    sequence.accept(
                            new Incoming(
                                    envelope.id(),
                                    envelope.type(),
                                    envelope.incarnation(),
                                    envelope.time(),
                                    Traces.running(),
                                    value,
                                    told),
                            tell);
            }
        } catch (Unreadable e) {
            span.setStatus(StatusCode.ERROR, e.reason());
            quarantine.add(message, e.reason());
        } finally {
            span.end();
        }
    }

    /** The header as it is, for the span that covers even a record whose headers are refused. */
    private static @Nullable String traceparent(ConsumerRecord<byte[], byte[]> message) {
        Header header = message.headers().lastHeader("traceparent");
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.US_ASCII);
    }
}
