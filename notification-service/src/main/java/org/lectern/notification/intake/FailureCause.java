package org.lectern.notification.intake;

import java.sql.SQLException;
import java.util.Set;

/** The cause of a failed attempt to process records. It decides between waiting and quarantining a record. */
public enum FailureCause {
    /** The database or the connection to it: waiting helps, however long it takes. */
    SURROUNDINGS,
    /** A record or its processing: waiting does not help. */
    RECORD;

    /** SQLSTATE classes about the data: data exception, integrity constraint violation. */
    private static final Set<String> ABOUT_DATA = Set.of("22", "23");

    private static final int DEEPEST = 20;

    public static FailureCause of(Throwable failure) {
        boolean transactional = false;
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause(), depth++) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                return state != null && state.length() == 5 && ABOUT_DATA.contains(state.substring(0, 2))
                        ? RECORD
                        : SURROUNDINGS;
            }
            String name = cause.getClass().getName();
            transactional |= name.startsWith("jakarta.transaction.")
                    || name.startsWith("javax.transaction.")
                    || name.startsWith("io.quarkus.narayana.");
        }
        return transactional ? SURROUNDINGS : RECORD; // a commit may fail without a cause
    }
}
