package org.lectern.notification.delivery;

import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.notification.directory.Troubles;
import org.lectern.notification.receipt.DeliveryReceipts;
import org.lectern.notification.receipt.Receipt;
import org.lectern.notification.trace.Traces;

/**
 * Records successful deliveries. Deliveries that complete during a transaction are recorded together by the next one.
 * So few deliveries do not wait, and many share one transaction's statements and commit.
 */
@ApplicationScoped
class DeliveryConfirmations {

    private static final int MOST_AT_ONCE = 64;

    /**
     * The row lock decides whether the result counts; only results that count affect the endpoint. A success advances
     * the retries at the endpoint, each at most once. The state is read with CASE and breakers by key list. Otherwise a
     * plan made for small tables would scan all active deliveries and breakers for each row.
     */
    private static final String DELIVERED = """
            WITH ended AS MATERIALIZED (
                SELECT * FROM unnest(cast(? AS uuid[]), cast(? AS integer[]), cast(? AS bigint[]), cast(? AS text[]))
                              e (id, number, epoch, answer)),
            logged AS (
                UPDATE delivery_attempt a
                SET ended_at = clock_timestamp(), outcome = 'DELIVERED', answer = ended.answer
                FROM ended WHERE a.delivery_id = ended.id AND a.number = ended.number),
            finished AS (
                UPDATE delivery d
                SET state = 'DELIVERED', reason = NULL, lease_until = NULL, finished_at = clock_timestamp()
                FROM ended
                WHERE d.id = ended.id AND d.lease_epoch = ended.epoch
                  AND CASE d.state WHEN 'LEASED' THEN true ELSE false END
                RETURNING d.id, d.endpoint_id),
            well AS (
                DELETE FROM endpoint_trouble WHERE NOT off AND endpoint_id = ANY (ARRAY(SELECT endpoint_id FROM finished))
                RETURNING endpoint_id),
            answered AS (DELETE FROM endpoint_breaker WHERE endpoint_id = ANY (ARRAY(SELECT endpoint_id FROM finished))),
            brought AS (
                UPDATE delivery d SET planned_at = d.next_attempt_at, next_attempt_at = now()
                WHERE d.id = ANY (ARRAY(
                    SELECT w.id FROM (SELECT DISTINCT endpoint_id FROM finished) f
                    CROSS JOIN LATERAL (
                        SELECT r.id FROM delivery r
                        WHERE r.endpoint_id = f.endpoint_id AND r.state = 'READY' AND r.next_attempt_at > now()
                          AND r.waits_for IS NULL AND r.attempts > r.attempts_before
                          AND (r.planned_at IS NULL OR r.planned_at <= now())
                        ORDER BY r.next_attempt_at, r.sequence LIMIT 1000) w)))
            SELECT f.id, w.endpoint_id AS recovered FROM finished f LEFT JOIN well w ON w.endpoint_id = f.endpoint_id""";

    private final Sql sql;
    private final DeliveryReceipts told;
    private final Troubles troubles;
    private final Queue<Arrival> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();

    @Inject
    DeliveryConfirmations(Sql sql, DeliveryReceipts told, Troubles troubles) {
        this.sql = sql;
        this.told = told;
        this.troubles = troubles;
    }

    /** One delivery. Its result is written and read under the lock. */
    private static final class Arrival {

        private final Lease lease;
        private final String answer;
        private final @Nullable String traceparent = Traces.header(Span.current());
        private boolean over;
        private boolean counts;
        private @Nullable RuntimeException failure;

        Arrival(Lease lease, String answer) {
            this.lease = lease;
            this.answer = answer;
        }
    }

    /**
     * Records that a message arrived, in its own or a shared transaction.
     *
     * @return the leases that count; for the others the lease has passed on, and the attempt is only logged
     */
    List<Lease> note(List<Lease> message, String answer) {
        List<Arrival> arrivals =
                message.stream().map(lease -> new Arrival(lease, answer)).toList();
        waiting.addAll(arrivals);
        writing.lock();
        try {
            while (!arrivals.stream().allMatch(arrival -> arrival.over)) {
                writeSome();
            }
        } finally {
            writing.unlock();
        }
        for (Arrival arrival : arrivals) {
            if (arrival.failure != null) {
                throw arrival.failure;
            }
        }
        return arrivals.stream()
                .filter(arrival -> arrival.counts)
                .map(arrival -> arrival.lease)
                .toList();
    }

    private void writeSome() {
        List<Arrival> together = new ArrayList<>();
        for (Arrival next = waiting.poll(); next != null; next = waiting.poll()) {
            together.add(next);
            if (together.size() == MOST_AT_ONCE) {
                break;
            }
        }
        Queue<List<Arrival>> portions = new ArrayDeque<>(List.of(together));
        while (!portions.isEmpty()) {
            List<Arrival> portion = portions.remove();
            try {
                Set<UUID> counted = Transactions.inNew(() -> write(portion));
                portion.forEach(arrival -> arrival.counts = counted.contains(id(arrival)));
            } catch (RuntimeException e) {
                if (portion.size() > 1 && isAboutOneOfThem(e)) {
                    portion.forEach(arrival -> portions.add(List.of(arrival)));
                    continue;
                }
                portion.forEach(arrival -> arrival.failure = e);
            }
            portion.forEach(arrival -> arrival.over = true);
        }
    }

    /**
     * Whether the database rejected the data, as opposed to being unavailable. One bad delivery must not fail the
     * others.
     */
    private static boolean isAboutOneOfThem(RuntimeException failure) {
        String state = Transactions.sqlState(failure);
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /** @param recovered the endpoint, if it was failing until now */
    private record Finished(UUID delivery, @Nullable UUID recovered) {}

    private Set<UUID> write(List<Arrival> arrivals) {
        sql.planOnce();
        Set<UUID> counted = new HashSet<>();
        Set<UUID> recovered = new TreeSet<>();
        sql.list(
                        DELIVERED,
                        row -> new Finished(row.id("id"), row.idOrNull("recovered")),
                        Sql.each(arrivals, DeliveryConfirmations::id),
                        Sql.each(arrivals, arrival -> arrival.lease.letter().attempt()),
                        Sql.each(arrivals, arrival -> arrival.lease.epoch()),
                        Sql.each(arrivals, arrival -> arrival.answer))
                .forEach(each -> {
                    counted.add(each.delivery());
                    if (each.recovered() != null) {
                        recovered.add(each.recovered());
                    }
                });
        recovered.forEach(troubles::recovered);
        List<Receipt> tellings = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            OutgoingMessage letter = arrival.lease.letter();
            OutgoingMessage.About about = letter.about();
            UUID booking = about == null ? null : about.bookingId();
            // recipients of escalation notices may have no part in the lecture; coverage counts branches only
            if (counted.contains(id(arrival))
                    && about != null
                    && booking != null
                    && !letter.to().isLecturer()
                    && DeliveryReceipts.tells(about.kind())) {
                tellings.add(new Receipt(
                        about.noticeId(),
                        booking,
                        letter.to().branchId(),
                        about.version(),
                        arrival.lease.channel(),
                        arrival.traceparent));
            }
        }
        told.tell(tellings);
        return counted;
    }

    private static UUID id(Arrival arrival) {
        return arrival.lease.letter().deliveryId();
    }
}
