package org.lectern.notification.offer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.lectern.chassis.database.AfterCommit;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.time.Zones;
import org.lectern.notification.notice.SubjectLock;
import org.lectern.notification.outbox.Outbox;
import org.lectern.notification.outbox.OutgoingEvent;

/**
 * Offers and the answers through their links. An answer is bound to the request's version in the notice. The first one
 * counts, and its event is written with it. The scheduler decides whether the offer still stands.
 */
@ApplicationScoped
class Offers {

    private static final String TOPIC = "lectern.acknowledgements";
    private static final String TYPE = "lectern.offer.answered.v1";

    private static final String FIND = """
            SELECT n.id, n.branch_id, b.name, b.zone, n.locale, n.title, n.body, n.request_id, n.version,
                   coalesce(s.version = n.version, false) AS open, a.taken, a.at
            FROM notice n
            JOIN recipient b ON b.id = n.branch_id
            LEFT JOIN subject_view s ON s.subject_id = n.request_id
            LEFT JOIN offer_answer a ON a.notice_id = n.id
            WHERE n.id = ? AND n.kind = 'REQUEST_OFFERED'""";

    private final Outbox outbox;
    private final Sql sql;
    private final AfterCommit afterCommit;
    private final MeterRegistry metrics;
    private final Clock clock;

    @Inject
    Offers(Outbox outbox, Sql sql, AfterCommit afterCommit, MeterRegistry metrics, Clock clock) {
        this.outbox = outbox;
        this.sql = sql;
        this.afterCommit = afterCommit;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The event data. It does not identify the person. */
    private record Data(UUID requestId, UUID branchId, int version, What answer, Instant at) {

        enum What {
            @JsonProperty("taken")
            TAKEN,
            @JsonProperty("declined")
            DECLINED
        }
    }

    /** The offer in a notice. Empty if the notice is about something else. */
    Optional<Offer> find(UUID notice) {
        return sql.one(FIND, Offers::offer, notice);
    }

    /** Stores an answer, unless there is one already or the request has changed since. */
    void answer(UUID notice, boolean taken) {
        Transactions.inNew(() -> {
            find(notice).ifPresent(seen -> SubjectLock.take(sql, seen.requestId()));
            Optional<Offer> waiting = find(notice).filter(Offer::waits);
            waiting.ifPresent(offer -> keep(offer, taken));
            return waiting.isPresent();
        });
    }

    private void keep(Offer offer, boolean taken) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        int added = sql.update("""
                INSERT INTO offer_answer (notice_id, branch_id, request_id, version, taken, at)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""", offer.notice(), offer.branchId(), offer.requestId(), offer.version(), taken, now);
        if (added == 0) {
            return; // a concurrent request answered first
        }
        outbox.append(List.of(OutgoingEvent.of(
                TOPIC,
                TYPE,
                offer.requestId(),
                offer.version(),
                now,
                new Data(
                        offer.requestId(),
                        offer.branchId(),
                        offer.version(),
                        taken ? Data.What.TAKEN : Data.What.DECLINED,
                        now))));
        afterCommit.run(() -> metrics.counter("lectern.offer.answers", "answer", taken ? "taken" : "declined")
                .increment());
    }

    private static Offer offer(Row row) throws SQLException {
        Instant at = row.timeOrNull("at");
        return new Offer(
                row.id("id"),
                row.id("branch_id"),
                row.text("name"),
                Zones.of(row.text("zone")),
                row.text("locale"),
                row.text("title"),
                row.text("body"),
                row.id("request_id"),
                row.number("version"),
                row.flag("open"),
                at == null ? null : new Offer.Answer(row.flag("taken"), at));
    }
}
