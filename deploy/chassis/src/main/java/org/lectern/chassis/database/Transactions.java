package org.lectern.chassis.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Runs a unit of work in its own transaction. It retries the whole work in a new transaction when PostgreSQL reports a
 * deadlock (40P01) or a serialization failure (40001). A refusal rolls back and is not retried.
 */
public final class Transactions {

    private static final Set<String> REPEATABLE = Set.of("40001", "40P01");
    private static final int ATTEMPTS = 5;

    private Transactions() {}

    public static <T> T inNew(Supplier<T> work) {
        return repeat(() -> QuarkusTransaction.requiringNew().call(work::get));
    }

    /** Runs the work and rolls it back. The caller must not have a transaction yet. */
    public static <T> T rehearse(Supplier<T> work) {
        return repeat(() -> {
            QuarkusTransaction.begin();
            try {
                return work.get();
            } finally {
                QuarkusTransaction.rollback();
            }
        });
    }

    private static <T> T repeat(Supplier<T> transaction) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.get();
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !REPEATABLE.contains(String.valueOf(sqlState(e)))) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextLong(5, 20L << attempt)));
            }
        }
    }

    /** Runs the work in a new transaction and rolls it back if it is a rehearsal. */
    public static <T> T inNew(boolean rehearsal, Supplier<T> work) {
        return rehearsal ? rehearse(work) : inNew(work);
    }

    /** The SQLSTATE of a failure, if PostgreSQL was its cause. */
    public static @Nullable String sqlState(Throwable failure) {
        PSQLException cause = cause(failure);
        return cause == null ? null : cause.getSQLState();
    }

    /** The name of the violated constraint, if PostgreSQL reported one as the cause. */
    public static @Nullable String violatedConstraint(Throwable failure) {
        PSQLException cause = cause(failure);
        return cause == null || cause.getServerErrorMessage() == null
                ? null
                : cause.getServerErrorMessage().getConstraint();
    }

    private static @Nullable PSQLException cause(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (cause instanceof PSQLException postgres) {
                return postgres;
            }
        }
        return null;
    }
}
