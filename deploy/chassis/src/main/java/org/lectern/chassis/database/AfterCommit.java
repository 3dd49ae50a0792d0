package org.lectern.chassis.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Runs what only makes sense once the running transaction is committed: to wake somebody in this process. */
@ApplicationScoped
public class AfterCommit {

    private final TransactionSynchronizationRegistry transaction;

    @Inject
    AfterCommit(TransactionSynchronizationRegistry transaction) {
        this.transaction = transaction;
    }

    /** The action must be quick and must not fail; it is a hint, for the process may die before it. */
    public void run(Runnable action) {
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // only the outcome matters
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    action.run();
                }
            }
        });
    }
}
