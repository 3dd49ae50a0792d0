package org.lectern.scheduler.support;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;

/**
 * Counts the connections that a thread takes. Outside a transaction that is one for each statement, or each set of
 * reads.
 */
@ApplicationScoped
public class Acquisitions implements AgroalPoolInterceptor {

    private final ThreadLocal<Integer> taken = ThreadLocal.withInitial(() -> 0);

    @Override
    public void onConnectionAcquire(Connection connection) {
        taken.set(taken.get() + 1);
    }

    /** How many the work takes on this thread. */
    public int during(Runnable work) {
        int before = taken.get();
        work.run();
        return taken.get() - before;
    }
}
