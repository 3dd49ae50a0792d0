package org.lectern.notification.transaction;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a unit of work in a transaction of its own and repeats it as a whole, in a new transaction, when PostgreSQL
 * chose it as the victim of a deadlock (40P01) or a serialisation conflict (40001). A work that is refused is rolled
 * back and not repeated.
 */
public final class Transactions {

    private static final Set<String> REPEATABLE = Set.of("40001", "40P01");
    private static final int ATTEMPTS = 5;

    private Transactions() {}

    public static <T> T inNew(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return QuarkusTransaction.requiringNew().call(work::get);
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !REPEATABLE.contains(String.valueOf(sqlState(e)))) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextLong(5, 20L << attempt)));
            }
        }
    }

    /** The SQLSTATE at the bottom of a failure, if a database was its cause. */
    public static @Nullable String sqlState(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return null;
    }
}
