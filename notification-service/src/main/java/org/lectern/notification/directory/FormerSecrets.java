package org.lectern.notification.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;

/**
 * Former secrets that still sign. Each signs for the time promised to its receiver, however often the secret is
 * replaced.
 */
@ApplicationScoped
public class FormerSecrets {

    /** The former secrets of the endpoint {@code e} that still sign, newest first, one per line. */
    public static final String OF_E = """
            CASE WHEN e.secret IS NOT NULL THEN (
                SELECT string_agg(f.secret, chr(10) ORDER BY f.valid_until DESC) FROM endpoint_former_secret f
                WHERE f.endpoint_id = e.id AND f.valid_until > now()) END""";

    private final Sql sql;
    private final Clock clock;

    @Inject
    FormerSecrets(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** The sealed secrets in the result of {@link #OF_E}. */
    public static List<String> read(@Nullable String lines) {
        return lines == null ? List.of() : lines.lines().toList();
    }

    /** Keeps a secret signing until then, in addition to the others. */
    void keep(UUID endpoint, String sealed, Instant until) {
        sql.update(
                "DELETE FROM endpoint_former_secret WHERE endpoint_id = ? AND valid_until <= ?",
                endpoint,
                clock.instant());
        sql.update(
                "INSERT INTO endpoint_former_secret (endpoint_id, secret, valid_until) VALUES (?, ?, ?)",
                endpoint,
                sealed,
                until);
    }

    /** Ends all former secrets. */
    void end(UUID endpoint) {
        sql.update("DELETE FROM endpoint_former_secret WHERE endpoint_id = ?", endpoint);
    }

    /** The time until which any former secret signs. */
    @Nullable
    Instant until(UUID endpoint) {
        return sql.one(
                        "SELECT max(valid_until) AS until FROM endpoint_former_secret WHERE endpoint_id = ? AND valid_until > ?",
                        row -> java.util.Optional.ofNullable(row.timeOrNull("until")),
                        endpoint,
                        clock.instant())
                .flatMap(until -> until)
                .orElse(null);
    }
}
