package org.lectern.notification.notice;

import java.util.UUID;
import org.lectern.chassis.database.Sql;

/**
 * The lock on what is known of a lecture or a request, held until the transaction ends: no newer notice about it is
 * written, and it is not answered at the same time.
 */
public final class SubjectLock {

    private static final String LOCK = "SELECT version FROM subject_view WHERE subject_id = ? FOR UPDATE";

    private SubjectLock() {}

    /** Waits for the lock. */
    public static void take(Sql sql, UUID subject) {
        sql.one(LOCK, row -> row.number("version"), subject);
    }

    /** Returns whether the lock was free and taken; also false if nothing is known of the subject. */
    public static boolean tryTake(Sql sql, UUID subject) {
        return sql.one(LOCK + " SKIP LOCKED", row -> row.number("version"), subject)
                .isPresent();
    }
}
