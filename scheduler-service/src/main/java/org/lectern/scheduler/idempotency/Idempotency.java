package org.lectern.scheduler.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
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
 * One key, one effect. The key is inserted at the start of the very transaction that makes the change and the answer
 * is stored at its end: a repeat finds either nothing, and works, or the answer, and gets it. Failures are not kept, as
 * they had no effect.
 */
@ApplicationScoped
public class Idempotency {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final EntityManager database;
    private final Sql sql;
    private final ObjectMapper json;
    private final Clock clock;
    private final Duration keptFor;

    @Inject
    Idempotency(
            EntityManager database,
            Sql sql,
            ObjectMapper json,
            Clock clock,
            @ConfigProperty(name = "lectern.idempotency.kept-for", defaultValue = "72H") Duration keptFor) {
        this.database = database;
        this.sql = sql;
        this.json = json;
        this.clock = clock;
        this.keptFor = keptFor;
    }

    /**
     * Does the work in a transaction, or gives the answer it had the first time. For operations that a role opens as a
     * whole: the role is checked before this is called.
     *
     * @param operation what is asked: method and path
     * @param request the request's body, part of what a repeat must agree with
     * @throws Refusal 422 when the key came with another request before, 409 while the first request is under way
     */
    public Answer once(IdempotencyKey key, String operation, Object request, Supplier<Answer> work) {
        return once(key, operation, request, () -> {}, work);
    }

    /**
     * The same for operations that callers may do within a scope. The scope may have shrunk since the first answer.
     *
     * @param demandScope throws when what the answer is about lies outside the caller's present scope; asked before an
     *     earlier answer is given again
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
                // it expired this very moment; a repeat will find it gone
                .orElseThrow(InProgress::new);
    }

    private void keep(IdempotencyKey key, Answer answer) {
        database.flush(); // what the database refuses is refused here, where the work's own handlers see it
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

    /** Forgets keys that are older than the promise to remember them. */
    @Scheduled(every = "1h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional
    void forgetOld() {
        sql.update(
                "DELETE FROM idempotency WHERE created_at < ?", clock.instant().minus(keptFor));
    }

    /** The first request under this key is not done yet. */
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
