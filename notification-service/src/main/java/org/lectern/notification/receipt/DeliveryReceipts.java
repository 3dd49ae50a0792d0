package org.lectern.notification.receipt;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.outbox.Outbox;
import org.lectern.notification.outbox.OutgoingEvent;

/**
 * Publishes a receipt when the first of a branch's endpoints accepts a message about a version of a booking. The inbox
 * alone does not count, because a person may never look there; a person who does can acknowledge.
 */
@ApplicationScoped
public class DeliveryReceipts {

    private static final String TOPIC = "lectern.acknowledgements";
    private static final String TYPE = "lectern.notice.delivered.v1";

    /**
     * One notice and its repeats cover a version. Another notice with the same version comes from a restored scheduler
     * that reuses versions.
     */
    private static final String TOLD = """
            INSERT INTO branch_told AS told (booking_id, branch_id, version, notice_id, channel, at)
            SELECT DISTINCT ON (booking, branch, version) t.*, ?
            FROM unnest(cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS integer[]), cast(? AS uuid[]), cast(? AS text[]))
                 t (booking, branch, version)
            ORDER BY booking, branch, version
            ON CONFLICT (booking_id, branch_id, version) DO UPDATE
            SET notice_id = excluded.notice_id, channel = excluded.channel, at = excluded.at
            WHERE (SELECT coalesce(n.repeats, n.id) FROM notice n WHERE n.id = told.notice_id)
               <> (SELECT coalesce(n.repeats, n.id) FROM notice n WHERE n.id = excluded.notice_id)
            RETURNING notice_id""";

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
        Set<UUID> first = Set.copyOf(sql.list(
                TOLD,
                row -> row.id("notice_id"),
                now,
                Sql.each(tellings, Receipt::booking),
                Sql.each(tellings, Receipt::branch),
                Sql.each(tellings, Receipt::version),
                Sql.each(tellings, Receipt::notice),
                Sql.each(tellings, Receipt::channel)));
        Set<UUID> said = new HashSet<>();
        outbox.append(tellings.stream()
                .filter(telling -> first.contains(telling.notice()) && said.add(telling.notice()))
                .map(telling -> new OutgoingEvent(
                        TOPIC,
                        TYPE,
                        telling.booking(),
                        telling.version(),
                        now,
                        new Data(
                                telling.notice(),
                                telling.booking(),
                                telling.branch(),
                                telling.version(),
                                now,
                                telling.channel()),
                        telling.traceparent()))
                .toList());
    }
}
