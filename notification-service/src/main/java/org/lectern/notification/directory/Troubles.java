package org.lectern.notification.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.directory.history.EndpointAction;
import org.lectern.notification.directory.history.EndpointHistory;

/**
 * Endpoints that the service disabled or cannot reach, until they are in use again. Each problem is reported once. It
 * is recorded in the transaction of its cause.
 */
@ApplicationScoped
public class Troubles {

    /** A disabled endpoint is reported even if its failure was reported before. */
    private static final String NOTE = """
            INSERT INTO endpoint_trouble AS t (endpoint_id, off, reason, since) VALUES (?, ?, ?, clock_timestamp())
            ON CONFLICT (endpoint_id) DO UPDATE
            SET off = true, reason = excluded.reason, since = excluded.since, notified_at = NULL
            WHERE excluded.off AND NOT t.off""";

    private static final String UNTOLD = """
            SELECT t.endpoint_id, e.branch_id, e.channel, e.address, t.off, t.reason, t.since
            FROM endpoint_trouble t JOIN endpoint e ON e.id = t.endpoint_id
            WHERE t.notified_at IS NULL AND e.removed_at IS NULL
            ORDER BY t.since, t.endpoint_id LIMIT 100""";

    private final Sql sql;
    private final Channels channels;
    private final EndpointHistory history;

    @Inject
    Troubles(Sql sql, Channels channels, EndpointHistory history) {
        this.sql = sql;
        this.channels = channels;
        this.history = history;
    }

    /**
     * A problem of an endpoint.
     *
     * @param address masked
     * @param off whether it was disabled; otherwise nothing arrives there
     * @param reason the receiver's answer as a code
     */
    public record Trouble(
            UUID endpoint, UUID branch, String channel, String address, boolean off, String reason, Instant since) {}

    /** Records that it was disabled, in the running transaction. */
    void off(UUID endpoint, String reason) {
        sql.update(NOTE, endpoint, true, reason);
    }

    /** Records that every attempt of a delivery failed, in the running transaction. */
    public void failing(UUID endpoint, String reason) {
        if (sql.update(NOTE, endpoint, false, reason) == 1) {
            write(endpoint, EndpointAction.FAILING, reason);
        }
    }

    /** Records that a message arrived after {@link #failing}, in the running transaction. */
    public void recovered(UUID endpoint) {
        write(endpoint, EndpointAction.RECOVERED, null);
    }

    private void write(UUID endpoint, EndpointAction act, @Nullable String reason) {
        sql.one(
                        "SELECT e.id, e.branch_id, e.version, e.channel, " + Snapshot.columns("e")
                                + " FROM endpoint e WHERE e.id = ? AND e.removed_at IS NULL",
                        row -> Snapshot.of(row, "e", channels),
                        endpoint)
                .ifPresent(now -> history.add(
                        now.endpoint(), EnumSet.of(act), EndpointHistory.LECTERN, reason, now.state(), now.state()));
    }

    /** Problems that have not been reported yet. */
    public List<Trouble> untold() {
        return sql.list(
                UNTOLD,
                row -> new Trouble(
                        row.id("endpoint_id"),
                        row.id("branch_id"),
                        row.text("channel"),
                        channels.masked(row.text("channel"), row.text("address")),
                        row.flag("off"),
                        row.text("reason"),
                        row.time("since")));
    }

    /** Marks it as reported, in the running transaction. False when it is over or another process reported it. */
    public boolean told(Trouble trouble) {
        return sql.update(
                        "UPDATE endpoint_trouble SET notified_at = clock_timestamp() WHERE endpoint_id = ? AND off = ? AND notified_at IS NULL",
                        trouble.endpoint(),
                        trouble.off())
                == 1;
    }

    /** Ends the problem, in the running transaction. True if it was failing, not disabled. */
    boolean over(UUID endpoint) {
        return sql.one(
                        "DELETE FROM endpoint_trouble WHERE endpoint_id = ? RETURNING NOT off AS failing",
                        row -> row.flag("failing"),
                        endpoint)
                .orElse(false);
    }

    /** Whether the branch has another usable endpoint. */
    public boolean otherEndpoint(UUID branch, UUID than) {
        return sql.one(
                        "SELECT EXISTS (SELECT 1 FROM endpoint WHERE branch_id = ? AND usable AND id <> ?) AS there",
                        row -> row.flag("there"),
                        branch,
                        than)
                .orElse(false);
    }
}
