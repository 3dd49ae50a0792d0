package org.lectern.notification.directory.breaker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;

/**
 * The circuit breaker of each endpoint (Nygard, Release It!, 2nd ed., section 5.2). A number of consecutive failures
 * opens it, and nothing is sent for a time. Then one delivery is a probe. If the probe fails, the breaker stays open
 * for twice as long; any answer of a working receiver closes it. Waiting deliveries keep their order and their
 * attempts. The state is one row in PostgreSQL, so all processes share it and restarts keep it.
 */
@ApplicationScoped
public class Breakers {

    /** Failures of attempts that were under way at the opening count, but only a probe opens it again. */
    private static final String FAILED = """
            INSERT INTO endpoint_breaker AS b (endpoint_id, failures, failing_since, openings, open_until)
            SELECT ?, 1, clock_timestamp(), 0, NULL
            ON CONFLICT (endpoint_id) DO UPDATE SET
                failures = b.failures + 1,
                (openings, open_until, probe) = (
                    SELECT CASE WHEN opens.now THEN b.openings + 1 ELSE b.openings END,
                           CASE WHEN opens.now
                                THEN clock_timestamp()
                                     + least(? * power(2, least(b.openings, 30)), ?) * interval '1 millisecond'
                                ELSE b.open_until END,
                           CASE WHEN b.probe = ? THEN NULL ELSE b.probe END
                    FROM (SELECT CASE WHEN b.openings = 0 THEN b.failures + 1 >= ?
                                      ELSE coalesce(b.probe = ?, false) END AS now) opens)""";

    private final Sql sql;
    private final BreakerConfig config;

    @Inject
    Breakers(Sql sql, BreakerConfig config) {
        this.sql = sql;
        this.config = config;
        if (config.failureThreshold() < 2) {
            throw new IllegalArgumentException("lectern.breaker.failure-threshold must be at least 2");
        }
    }

    /** Records a failure of the receiver, in the running transaction. */
    public void failed(UUID endpoint, UUID delivery) {
        sql.update(
                FAILED,
                endpoint,
                config.pause().toMillis(),
                config.maxPause().toMillis(),
                delivery,
                config.failureThreshold(),
                delivery);
    }

    /** Closes the breaker: the receiver works. */
    public void answered(UUID endpoint) {
        sql.update("DELETE FROM endpoint_breaker WHERE endpoint_id = ?", endpoint);
    }

    /** An attempt ended without information about the receiver. If it was the probe, another may follow. */
    public void toldNothing(UUID endpoint, UUID delivery) {
        sql.update(
                "UPDATE endpoint_breaker SET open_until = clock_timestamp(), probe = NULL WHERE endpoint_id = ? AND probe = ?",
                endpoint,
                delivery);
    }

    /** Lets a probe pass at once for urgent notices, unless one is under way. */
    public void letThrough(Collection<UUID> notices) {
        if (!notices.isEmpty()) {
            sql.update("""
                    UPDATE endpoint_breaker SET open_until = clock_timestamp()
                    WHERE probe IS NULL AND open_until > clock_timestamp()
                      AND endpoint_id = ANY (ARRAY(SELECT d.endpoint_id FROM delivery d WHERE d.notice_id = ANY (?)))""", notices);
        }
    }

    public @Nullable Failing of(UUID endpoint) {
        return sql.one(
                        "SELECT failures, failing_since, open_until FROM endpoint_breaker WHERE endpoint_id = ?",
                        Breakers::failing,
                        endpoint)
                .orElse(null);
    }

    private static Failing failing(Row row) throws SQLException {
        return new Failing(row.number("failures"), row.time("failing_since"), row.timeOrNull("open_until"));
    }
}
