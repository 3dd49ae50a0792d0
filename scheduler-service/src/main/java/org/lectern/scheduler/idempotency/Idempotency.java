package org.lectern.scheduler.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.Refusal;

/**
 * One key, one effect. The transaction of a change first inserts the key and finally stores the answer. A repeat finds
 * no key and executes, or gets the stored answer. Failures are not stored, because they had no effect.
 */
@ApplicationScoped
public class Idempotency {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final int FORGOTTEN_AT_ONCE = 1000;

    private final EntityManager database;
    private final Sql sql;
    private final ObjectMapper json;
    private final Clock clock;
    private final Duration retention;

    @Inject
    Idempotency(
            EntityManager database,
            Sql sql,
            ObjectMapper json,
            Clock clock,
            @ConfigProperty(name = "lectern.idempotency.retention", defaultValue = "72H") Duration retention) {
        this.database = database;
        this.sql = sql;
        this.json = json;
        this.clock = clock;
        this.retention = retention;
    }

    /**
     * Runs the work in a transaction, or returns the stored answer of the first time. For operations that need only a
     * role, which the caller of this method has checked.
     *
     * @param operation method and path
     * @param request the request body, which a repeat must match
     * @throws Refusal 422 when the key was used for another request, 409 while the first request is in progress
     */
    public Answer once(IdempotencyKey key, String operation, Object request, Supplier<Answer> work) {
        return once(key, operation, request, () -> {}, work);
    }

    /**
     * The same for operations within a scope. The scope may have shrunk since the first answer.
     *
     * @param demandScope throws when the subject of the answer is outside the caller's current scope; runs before a
     *     stored answer is returned
     */
    public Answer once(
            IdempotencyKey key, String operation, Object request, Runnable demandScope, Supplier<Answer> work) {
        byte[] fingerprint = fingerprint(operation, request);
        return Transactions.inNew(() -> {
            if (!claim(key, fingerprint)) {
                demandScope.run();
                return earlier(key, fingerprint);
            }
            Answer answer = work.get();
            keep(key, answer);
            return answer;
        });
    }

    private boolean claim(IdempotencyKey key, byte[] fingerprint) {
        try {
            return sql.update("""
                            INSERT INTO idempotency (principal, key, fingerprint, created_at)
                            VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING""", key.principal(), key.value(), fingerprint, clock.instant()) == 1;
        } catch (RuntimeException e) {
            if (LOCK_NOT_AVAILABLE.equals(Transactions.sqlState(e))) {
                throw new InProgress();
            }
            throw e;
        }
    }

    private Answer earlier(IdempotencyKey key, byte[] fingerprint) {
        return sql.one(
                        "SELECT fingerprint, status, location, etag, body FROM idempotency WHERE principal = ? AND key = ?",
                        row -> {
                            if (!MessageDigest.isEqual(fingerprint, row.bytesOrNull("fingerprint"))) {
                                throw new Reused();
                            }
                            return new Answer(
                                    row.number("status"),
                                    row.textOrNull("location"),
                                    row.textOrNull("etag"),
                                    row.text("body"),
                                    true);
                        },
                        key.principal(),
                        key.value())
                // it expired just now; a repeat will not find it
                .orElseThrow(InProgress::new);
    }

    private void keep(IdempotencyKey key, Answer answer) {
        database.flush(); // pending writes fail here, where the work's own handlers catch the failure
        sql.update(
                "UPDATE idempotency SET status = ?, location = ?, etag = ?, body = ? WHERE principal = ? AND key = ?",
                answer.status(),
                answer.location(),
                answer.etag(),
                answer.body(),
                key.principal(),
                key.value());
    }

    private byte[] fingerprint(String operation, Object request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(operation.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return digest.digest(json.writeValueAsBytes(request));
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deletes keys after the promised retention time, in small transactions. */
    @Scheduled(every = "1h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forgetOld() {
        int forgotten;
        do {
            forgotten = Transactions.inNew(() -> sql.update("""
                    DELETE FROM idempotency WHERE (principal, key) IN (
                        SELECT principal, key FROM idempotency WHERE created_at < ? ORDER BY created_at LIMIT ?
                        FOR UPDATE SKIP LOCKED)""", clock.instant().minus(retention), FORGOTTEN_AT_ONCE));
        } while (forgotten == FORGOTTEN_AT_ONCE);
    }

    /** The first request with this key is still in progress. */
    static final class InProgress extends Refusal {
        InProgress() {
            super(409, "request-in-progress", List.of());
            header("Retry-After", "1");
        }
    }

    /** The key was used for another request. */
    static final class Reused extends Refusal {
        Reused() {
            super(422, "idempotency-key-reused", List.of());
        }
    }
}
