package org.lectern.chassis.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Defers actions, such as waking a worker in this process, until the running transaction has committed. */
@ApplicationScoped
public class AfterCommit {

    private final TransactionSynchronizationRegistry transaction;

    @Inject
    AfterCommit(TransactionSynchronizationRegistry transaction) {
        this.transaction = transaction;
    }

    /** The action must be quick and must not fail. It is only a hint: the process may die before it runs. */
    public void run(Runnable action) {
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // no action needed before completion
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
