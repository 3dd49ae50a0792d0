package org.lectern.scheduler.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;

/**
 * Chains committed entries. The row lock on the head admits one process at a time; the others skip. An entry gets its
 * position only after its commit, so the chain has no gaps in any commit order.
 */
@ApplicationScoped
class Sealer {

    private static final int BATCH = 1000;

    private final Sql sql;
    private long told;

    @Inject
    Sealer(Sql sql, MeterRegistry metrics) {
        this.sql = sql;
        Gauge.builder("lectern.audit.unsealed.entries", this, Sealer::waiting)
                .description("Audit entries that wait for their seal; should stay near 0")
                .register(metrics);
    }

    @Scheduled(every = "{lectern.audit.seal-interval}", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void seal() {
        while (sealSome() == BATCH) {
            // there may be more
        }
    }

    private int sealSome() {
        return Transactions.inNew(() -> {
            Link head = sql.one(
                            "SELECT position, encode(hash, 'hex') AS hash FROM audit_head FOR UPDATE SKIP LOCKED",
                            row -> new Link(row.bigNumber("position"), row.text("hash")))
                    .orElse(null);
            if (head == null) {
                return 0;
            }
            List<Entry> entries = sql.list("SELECT " + Entry.COLUMNS + "\n" + """
                    FROM audit_waiting w JOIN audit_entry e ON e.id = w.entry_id ORDER BY w.entry_id LIMIT ?""", Entry::of, BATCH);
            if (entries.isEmpty()) {
                return 0;
            }
            List<UUID> ids = new ArrayList<>();
            List<String> hashes = new ArrayList<>();
            Link last = head;
            for (Entry entry : entries) {
                last = last.next(entry);
                ids.add(entry.id());
                hashes.add(last.hash());
            }
            sql.update("""
                    INSERT INTO audit_seal (position, entry_id, kind, subject, version, hash)
                    SELECT ? + s.n, e.id, e.kind, e.subject, e.version, decode(s.hash, 'hex')
                    FROM unnest(cast(? AS uuid[]), cast(? AS text[])) WITH ORDINALITY AS s (id, hash, n)
                    JOIN audit_entry e ON e.id = s.id""", head.position(), ids, hashes);
            sql.update("UPDATE audit_head SET position = ?, hash = decode(?, 'hex')", last.position(), last.hash());
            sql.update("DELETE FROM audit_waiting WHERE entry_id = ANY (cast(? AS uuid[]))", ids);
            return entries.size();
        });
    }

    /**
     * Logs the head, where an attacker who rewrites the database cannot reach it. Later chains are compared with it.
     */
    @Scheduled(
            every = "{lectern.audit.anchor-interval}",
            delayed = "1m",
            concurrentExecution = ConcurrentExecution.SKIP)
    void tellAnchor() {
        Link head = sql.one(
                        "SELECT position, encode(hash, 'hex') AS hash FROM audit_head",
                        row -> new Link(row.bigNumber("position"), row.text("hash")))
                .orElse(Link.GENESIS);
        if (head.position() != told) {
            told = head.position();
            Log.infof("Audit anchor %d:%s", head.position(), head.hash());
        }
    }

    private double waiting() {
        try {
            return sql.one("SELECT count(*) AS n FROM audit_waiting", row -> row.bigNumber("n"))
                    .orElse(0L);
        } catch (RuntimeException databaseIsAway) {
            return Double.NaN;
        }
    }
}
