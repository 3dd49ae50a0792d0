package org.lectern.notification.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.notification.calendar.Calendars;
import org.lectern.notification.delivery.Deliveries;
import org.lectern.notification.directory.Recipients;
import org.lectern.notification.event.AnnouncedEvent;
import org.lectern.notification.event.Event;
import org.lectern.notification.event.EventReader;
import org.lectern.notification.event.EventType;
import org.lectern.notification.event.LecturerAnswerChanged;
import org.lectern.notification.event.RecipientChanged;
import org.lectern.notification.event.Unreadable;
import org.lectern.notification.followup.LecturerAnswers;
import org.lectern.notification.notice.Notices;
import org.lectern.notification.notice.WrittenNotice;
import org.lectern.notification.trace.Traces;

/**
 * Processes records. Their effects (directory, notices, deliveries, held and quarantined events) and the partition
 * offsets are one transaction. So a record has its effect exactly when it counts as read.
 */
@ApplicationScoped
public class Intake {

    private static final int LONGEST_TRACE = 256;
    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private final EventReader reader = new EventReader();
    private final Recipients branches;
    private final LecturerAnswers answers;
    private final Resequencer sequence;
    private final Notices notices;
    private final Calendars calendars;
    private final Deliveries deliveries;
    private final Quarantine quarantine;
    private final Offsets offsets;
    private final Sql sql;
    private final Traces traces;
    private final IntakeConfig config;
    private final MeterRegistry metrics;

    @Inject
    Intake(
            Recipients branches,
            LecturerAnswers answers,
            Resequencer sequence,
            Notices notices,
            Calendars calendars,
            Deliveries deliveries,
            Quarantine quarantine,
            Offsets offsets,
            Sql sql,
            Traces traces,
            IntakeConfig config,
            MeterRegistry metrics) {
        this.branches = branches;
        this.answers = answers;
        this.sequence = sequence;
        this.notices = notices;
        this.calendars = calendars;
        this.deliveries = deliveries;
        this.quarantine = quarantine;
        this.offsets = offsets;
        this.sql = sql;
        this.traces = traces;
        this.config = config;
        this.metrics = metrics;
    }

    /** Processes all of them, or none. */
    void take(List<ConsumerRecord<byte[], byte[]>> messages) {
        Transactions.inNew(() -> {
            sql.planOnce();
            NoticeBatch tell = new NoticeBatch(config.silentBefore());
            for (Taken taken : takeAll(messages, tell)) {
                if (taken instanceof Refused refused) {
                    quarantine.add(refused.message(), refused.reason());
                }
            }
            announce(tell);
            offsets.advance(messages);
            return messages;
        });
        if (messages.stream().anyMatch(message -> message.topic().equals(EventType.ANSWERS))) {
            answers.notifyOrganizers();
        }
        messages.forEach(message -> metrics.counter("lectern.intake.records", "topic", message.topic())
                .increment());
    }

    /**
     * Processes a quarantined record again, within the running transaction.
     *
     * @throws Unreadable if it still cannot be processed
     */
    public Effect takeAgain(ConsumerRecord<byte[], byte[]> message) throws Unreadable {
        NoticeBatch tell = new NoticeBatch(config.silentBefore());
        return switch (takeAll(List.of(message), tell).getFirst()) {
            case Accepted accepted -> {
                announce(tell);
                yield accepted.effect();
            }
            case Refused refused -> throw new Unreadable(refused.reason());
        };
    }

    /**
     * Skips a quarantined version, in the running transaction.
     *
     * @return whether the subject waited for that version
     */
    public boolean skip(UUID subject, int version) {
        NoticeBatch tell = new NoticeBatch(config.silentBefore());
        boolean skipped = sequence.skip(subject, version, tell);
        announce(tell);
        return skipped;
    }

    /** Quarantines a record after every attempt to process it failed. */
    void setAside(ConsumerRecord<byte[], byte[]> message) {
        Transactions.inNew(() -> {
            quarantine.add(message, "failed");
            offsets.advance(List.of(message));
            return message;
        });
    }

    /** Processes held events that were left behind, and drops what is no longer needed. */
    void sweep() {
        sequence.forgetPast();
        answers.forgetPast();
        answers.notifyOrganizers();
        for (UUID subject : sequence.leftBehind()) {
            Transactions.inNew(() -> {
                NoticeBatch tell = new NoticeBatch(config.silentBefore());
                sequence.goOn(subject, tell);
                announce(tell);
                return subject;
            });
        }
    }

    /** Past events go to the inboxes only, because their branches were notified once already. */
    private void announce(NoticeBatch told) {
        calendars.revise(notices.writeSilently(told.silent()));
        List<WrittenNotice> aloud = notices.write(told.aloud());
        calendars.revise(aloud);
        deliveries.enqueue(aloud);
    }

    /** The result of reading a record. */
    private sealed interface Taken {}

    private record Accepted(Effect effect) implements Taken {}

    private record Refused(ConsumerRecord<byte[], byte[]> message, String reason) implements Taken {}

    /** A record with the trace of its processing. */
    private record Opened(ConsumerRecord<byte[], byte[]> message, Span span, Content content) {}

    private sealed interface Content {}

    private record OfRecipient(Recipients.Described described) implements Content {}

    private record OfAnswer(LecturerAnswers.Described described) implements Content {}

    private record OfSubject(Incoming incoming) implements Content {}

    private record Unclear(String reason) implements Content {}

    /**
     * Processes all in order, but recipients first. An event must follow its branch, and Kafka guarantees no order
     * between topics.
     */
    private List<Taken> takeAll(List<ConsumerRecord<byte[], byte[]>> messages, NoticeBatch tell) {
        List<Opened> opened = new ArrayList<>();
        try {
            messages.forEach(message -> opened.add(open(message)));
            List<Recipients.Described> changes = opened.stream()
                    .map(Opened::content)
                    .flatMap(content ->
                            content instanceof OfRecipient recipient ? Stream.of(recipient.described()) : Stream.of())
                    .toList();
            branches.put(changes);
            answers.put(opened.stream()
                    .map(Opened::content)
                    .flatMap(
                            content -> content instanceof OfAnswer answer ? Stream.of(answer.described()) : Stream.of())
                    .toList());
            SubjectVersions ledger = sequence.open(
                    opened.stream()
                            .map(Opened::content)
                            .flatMap(content ->
                                    content instanceof OfSubject subject ? Stream.of(subject.incoming()) : Stream.of())
                            .toList(),
                    changes.stream()
                            .map(change -> change.recipient().subject())
                            .distinct()
                            .toList(),
                    tell);
            List<Taken> taken =
                    opened.stream().map(each -> take(each, ledger, tell)).toList();
            sequence.settle(ledger);
            return taken;
        } finally {
            opened.forEach(each -> each.span().end());
        }
    }

    private Taken take(Opened opened, SubjectVersions ledger, NoticeBatch tell) {
        try {
            return switch (opened.content()) {
                case OfRecipient recipient -> new Accepted(Effect.APPLIED);
                case OfAnswer answer -> new Accepted(Effect.APPLIED);
                case OfSubject subject -> new Accepted(sequence.accept(subject.incoming(), ledger, tell));
                case Unclear unclear -> throw new Unreadable(unclear.reason());
            };
        } catch (Unreadable e) {
            opened.span().setStatus(StatusCode.ERROR, e.reason());
            return new Refused(opened.message(), e.reason());
        }
    }

    private Opened open(ConsumerRecord<byte[], byte[]> message) {
        Span span = traces.begin("take in " + message.topic(), SpanKind.CONSUMER, traceparent(message));
        Content content;
        try {
            content = read(message, span);
        } catch (Unreadable e) {
            content = new Unclear(e.reason());
        }
        return new Opened(message, span, content);
    }

    private Content read(ConsumerRecord<byte[], byte[]> message, Span span) throws Unreadable {
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
            case RecipientChanged changed -> new OfRecipient(new Recipients.Described(envelope.incarnation(), changed));
            case LecturerAnswerChanged changed ->
                new OfAnswer(new LecturerAnswers.Described(
                        envelope.incarnation(),
                        envelope.time(),
                        config.silentBefore().map(envelope.time()::isBefore).orElse(false),
                        changed));
            case AnnouncedEvent told ->
                new OfSubject(new Incoming(
                        envelope.id(),
                        envelope.type(),
                        envelope.incarnation(),
                        envelope.time(),
                        Traces.header(span),
                        value,
                        told,
                        Origin.of(message)));
        };
    }

    /**
     * The trace of a record (W3C Trace Context); null if the header is invalid, because the record is processed anyway.
     */
    private static @Nullable String traceparent(ConsumerRecord<byte[], byte[]> message) {
        Iterator<Header> headers = message.headers().headers("traceparent").iterator();
        byte[] value = headers.hasNext() ? headers.next().value() : null;
        if (value == null || value.length > LONGEST_TRACE || headers.hasNext()) {
            return null;
        }
        String text = new String(value, StandardCharsets.US_ASCII);
        return TRACE.matcher(text).matches() ? text : null;
    }
}
