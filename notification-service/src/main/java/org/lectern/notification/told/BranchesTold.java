package org.lectern.notification.told;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.lectern.notification.outbox.Outbox;
import org.lectern.notification.outbox.OutgoingEvent;
import org.lectern.notification.transaction.Sql;

/**
 * A branch is told of a version of a booking when the first message about it was taken by one of the branch's endpoints.
 * That it lies in the branch's inbox here is not counted: nobody may ever look there; whoever does, acknowledges.
 */
@ApplicationScoped
public class BranchesTold {

    private static final String TOPIC = "lectern.acknowledgements";
    private static final String TYPE = "lectern.notice.delivered.v1";

    private final Outbox outbox;
    private final Sql sql;
    private final Clock clock;

    @Inject
    BranchesTold(Outbox outbox, Sql sql, Clock clock) {
        this.outbox = outbox;
        this.sql = sql;
        this.clock = clock;
    }

    /** The event; without the endpoint and who is behind it. */
    private record Data(UUID noticeId, UUID bookingId, UUID branchId, int version, Instant at, String channel) {}

    /**
     * Tells the scheduler, in the running transaction, which must exist; a message over another channel, or another of
     * the same version, changes nothing.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void tell(UUID notice, UUID booking, UUID branch, int version, String channel) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        int added = sql.update("""
                INSERT INTO branch_told (booking_id, branch_id, version, notice_id, channel, at)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""", booking, branch, version, notice, channel, now);
        if (added == 1) {
            outbox.append(new OutgoingEvent(
                    TOPIC, TYPE, booking, version, now, new Data(notice, booking, branch, version, now, channel)));
        }
    }
}
