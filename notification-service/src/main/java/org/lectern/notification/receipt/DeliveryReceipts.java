package org.lectern.notification.receipt;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.outbox.Outbox;
import org.lectern.notification.outbox.OutgoingEvent;

/**
 * Publishes a receipt when the first of a branch's endpoints accepts a message about a version of a booking. The inbox
 * alone does not count, because a person may never look there; a person who does can acknowledge. Publishes a
 * withdrawal when the message turns out undeliverable and no other one has reached the branch.
 */
@ApplicationScoped
public class DeliveryReceipts {

    private static final String TOPIC = "lectern.acknowledgements";
    private static final String DELIVERED = "lectern.notice.delivered.v1";
    private static final String UNDELIVERED = "lectern.notice.undelivered.v1";

    /**
     * One notice and its repeats cover a version. Another notice with the same version comes from a restored scheduler
     * that reuses versions.
     */
    private static final String TOLD = """
            INSERT INTO delivery_receipt AS receipt (booking_id, branch_id, version, notice_id, channel, event_id, at)
            SELECT DISTINCT ON (booking, branch, version) t.*, ?
            FROM unnest(cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS integer[]), cast(? AS uuid[]), cast(? AS text[]),
                        cast(? AS uuid[]))
                 t (booking, branch, version)
            ORDER BY booking, branch, version
            ON CONFLICT (booking_id, branch_id, version) DO UPDATE
            SET notice_id = excluded.notice_id, channel = excluded.channel, event_id = excluded.event_id, at = excluded.at
            WHERE (SELECT coalesce(n.repeats, n.id) FROM notice n WHERE n.id = receipt.notice_id)
               <> (SELECT coalesce(n.repeats, n.id) FROM notice n WHERE n.id = excluded.notice_id)
            RETURNING event_id""";

    /**
     * The receipt for the version of a delivery's notice. The lock waits for a message that is being recorded as
     * delivered, so that the next statement sees it.
     */
    private static final String TOLD_BY = """
            SELECT receipt.booking_id, receipt.branch_id, receipt.version, receipt.notice_id, receipt.channel, receipt.event_id,
                   coalesce(n.repeats, n.id) AS original
            FROM delivery d
            JOIN notice n ON n.id = d.notice_id
            JOIN delivery_receipt receipt ON receipt.booking_id = n.booking_id AND receipt.branch_id = n.branch_id
                                 AND receipt.version = n.version
            JOIN notice first ON first.id = receipt.notice_id
            WHERE d.id = ? AND coalesce(first.repeats, first.id) = coalesce(n.repeats, n.id)
            FOR UPDATE OF receipt""";

    /** Withdraws the receipt unless another message about that notice has reached the branch. */
    private static final String WITHDRAW = """
            DELETE FROM delivery_receipt
            WHERE booking_id = ? AND branch_id = ? AND version = ? AND NOT EXISTS (
                SELECT 1 FROM notice n JOIN delivery d ON d.notice_id = n.id
                WHERE (n.id = ? OR n.repeats = ?) AND n.branch_id = ? AND n.kind <> ALL (?) AND d.state = 'DELIVERED')""";

    /** Notices about another branch's lecture or answer: they do not tell their receiver of a lecture. */
    private static final Set<String> ABOUT_ANOTHER =
            Set.of("ESCALATED", "BRANCH_DECLINED", "LECTURER_DECLINED", "LECTURER_SILENT", "TIME_PROPOSED");

    private final Outbox outbox;
    private final Sql sql;
    private final Clock clock;

    @Inject
    DeliveryReceipts(Outbox outbox, Sql sql, Clock clock) {
        this.outbox = outbox;
        this.sql = sql;
        this.clock = clock;
    }

    /** The event data. It identifies neither the endpoint nor a person. */
    private record Data(UUID noticeId, UUID bookingId, UUID branchId, int version, Instant at, String channel) {}

    /** @param delivered the event that no longer holds */
    private record Withdrawal(
            UUID noticeId,
            UUID bookingId,
            UUID branchId,
            int version,
            Instant at,
            String channel,
            UUID delivered,
            String reason) {}

    /** @param original the notice that all messages about the version are, or repeat */
    private record AnnouncedEvent(
            UUID booking, UUID branch, int version, UUID notice, String channel, UUID event, UUID original) {}

    /** Whether a notice of that kind tells its receiver of a lecture at the receiver's branch. */
    public static boolean tells(String kind) {
        return !ABOUT_ANOTHER.contains(kind);
    }

    /**
     * Publishes receipts to the scheduler, in the running transaction, which must exist. A further message about the
     * same version, over any channel, changes nothing.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void tell(List<Receipt> tellings) {
        if (tellings.isEmpty()) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        record Event(UUID id, Receipt of) {}
        List<Event> events = tellings.stream()
                .map(telling -> new Event(Uuid7.next(), telling))
                .toList();
        Set<UUID> first = Set.copyOf(sql.list(
                TOLD,
                row -> row.id("event_id"),
                now,
                Sql.each(events, event -> event.of().booking()),
                Sql.each(events, event -> event.of().branch()),
                Sql.each(events, event -> event.of().version()),
                Sql.each(events, event -> event.of().notice()),
                Sql.each(events, event -> event.of().channel()),
                Sql.each(events, Event::id)));
        outbox.append(events.stream()
                .filter(event -> first.contains(event.id()))
                .map(event -> event(event.id(), event.of(), now))
                .toList());
    }

    private static OutgoingEvent event(UUID id, Receipt receipt, Instant now) {
        return new OutgoingEvent(
                id,
                TOPIC,
                DELIVERED,
                receipt.booking(),
                receipt.version(),
                now,
                new Data(
                        receipt.notice(),
                        receipt.booking(),
                        receipt.branch(),
                        receipt.version(),
                        now,
                        receipt.channel()),
                receipt.traceparent());
    }

    /**
     * Withdraws the receipts of deliveries that turned out undeliverable, in the running transaction, which must exist.
     * A receipt stands if another message about that version has reached the branch.
     *
     * @param deliveries no longer in the state DELIVERED
     * @param reason the receiver's answer as a code
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void withdraw(List<UUID> deliveries, String reason) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (UUID delivery : deliveries) {
            sql.one(TOLD_BY, DeliveryReceipts::receipt, delivery)
                    .filter(receipt -> sql.update(
                                    WITHDRAW,
                                    receipt.booking(),
                                    receipt.branch(),
                                    receipt.version(),
                                    receipt.original(),
                                    receipt.original(),
                                    receipt.branch(),
                                    ABOUT_ANOTHER)
                            == 1)
                    .ifPresent(receipt -> outbox.append(List.of(OutgoingEvent.of(
                            TOPIC,
                            UNDELIVERED,
                            receipt.booking(),
                            receipt.version(),
                            now,
                            new Withdrawal(
                                    receipt.notice(),
                                    receipt.booking(),
                                    receipt.branch(),
                                    receipt.version(),
                                    now,
                                    receipt.channel(),
                                    receipt.event(),
                                    reason)))));
        }
    }

    private static AnnouncedEvent receipt(Row row) throws SQLException {
        return new AnnouncedEvent(
                row.id("booking_id"),
                row.id("branch_id"),
                row.number("version"),
                row.id("notice_id"),
                row.text("channel"),
                row.id("event_id"),
                row.id("original"));
    }
}
