package org.lectern.notification.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.calendar.Calendars;
import org.lectern.notification.delivery.Deliveries;
import org.lectern.notification.directory.Branches;
import org.lectern.notification.event.BranchChanged;
import org.lectern.notification.event.Event;
import org.lectern.notification.event.EventReader;
import org.lectern.notification.event.Told;
import org.lectern.notification.event.Unreadable;
import org.lectern.notification.notice.Notices;
import org.lectern.notification.notice.WrittenNotice;
import org.lectern.notification.trace.Traces;
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
    private final Calendars calendars;
    private final Deliveries deliveries;
    private final Quarantine quarantine;
    private final Offsets offsets;
    private final Traces traces;
    private final IntakeConfig config;
    private final MeterRegistry metrics;

    @Inject
    Intake(
            Branches branches,
            EventSequence sequence,
            Notices notices,
            Calendars calendars,
            Deliveries deliveries,
            Quarantine quarantine,
            Offsets offsets,
            Traces traces,
            IntakeConfig config,
            MeterRegistry metrics) {
        this.branches = branches;
        this.sequence = sequence;
        this.notices = notices;
        this.calendars = calendars;
        this.deliveries = deliveries;
        this.quarantine = quarantine;
        this.offsets = offsets;
        this.traces = traces;
        this.config = config;
        this.metrics = metrics;
    }

    /** Takes all of them in, or none. */
    void take(List<ConsumerRecord<byte[], byte[]>> messages) {
        Transactions.inNew(() -> {
            Announcements tell = new Announcements(config.silentBefore());
            for (var message : messages) {
                try {
                    take(message, tell);
                } catch (Unreadable e) {
                    quarantine.add(message, e.reason());
                }
            }
            announce(tell);
            offsets.advance(messages);
            return messages;
        });
        messages.forEach(message -> metrics.counter("lectern.intake.records", "topic", message.topic())
                .increment());
    }

    /**
     * Takes a record in within the running transaction, that was set aside before.
     *
     * @throws Unreadable if it still cannot be taken in
     */
    Effect takeAgain(ConsumerRecord<byte[], byte[]> message) throws Unreadable {
        Announcements tell = new Announcements(config.silentBefore());
        Effect effect = take(message, tell);
        announce(tell);
        return effect;
    }

    /**
     * Goes on without a version that was set aside, in the running transaction.
     *
     * @return whether it was the version waited for
     */
    boolean skip(UUID subject, int version) {
        Announcements tell = new Announcements(config.silentBefore());
        boolean skipped = sequence.skip(subject, version, tell);
        announce(tell);
        return skipped;
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
                Announcements tell = new Announcements(config.silentBefore());
                sequence.goOn(subject, tell);
                announce(tell);
                return subject;
            });
        }
    }

    /** What is of the past goes into the inboxes only: whoever was told of it once is not told again. */
    private void announce(Announcements told) {
        calendars.revise(notices.writeSilently(told.silent()));
        List<WrittenNotice> aloud = notices.write(told.aloud());
        calendars.revise(aloud);
        deliveries.enqueue(aloud);
    }

    private Effect take(ConsumerRecord<byte[], byte[]> message, Announcements tell) throws Unreadable {
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
            return switch (event) {
                case BranchChanged changed -> {
                    branches.put(changed);
                    sequence.branchIsKnown(changed.branchId(), tell);
                    yield Effect.APPLIED;
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
                                    told,
                                    Origin.of(message)),
                            tell);
            };
        } catch (Unreadable e) {
            span.setStatus(StatusCode.ERROR, e.reason());
            throw e;
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
