package org.lectern.notification.directory;

import java.sql.SQLException;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.notification.directory.history.EndpointHistory;
import org.lectern.notification.directory.history.EndpointState;

/** A row of the endpoint table in the form of the history, for changes in a single statement. */
record Snapshot(EndpointHistory.Of endpoint, EndpointState state) {

    /** The columns under that alias, prefixed with it; {@code old} and {@code new} in a RETURNING clause. */
    static String columns(String alias) {
        return "%1$s.address AS %1$s_address, %1$s.enabled AS %1$s_enabled, %1$s.pending AS %1$s_pending,"
                        .formatted(alias)
                + " %1$s.fallback AS %1$s_fallback, %1$s.vouched_at IS NOT NULL AS %1$s_vouched,".formatted(alias)
                + " %1$s.unsubscribed_at IS NULL AS %1$s_digests".formatted(alias);
    }

    /** Reads a row that also has the endpoint's id, branch, version and channel. */
    static Snapshot of(Row row, String alias, Channels channels) throws SQLException {
        return new Snapshot(
                new EndpointHistory.Of(row.id("id"), row.id("branch_id"), row.number("version")),
                new EndpointState(
                        channels.masked(row.text("channel"), row.text(alias + "_address")),
                        row.flag(alias + "_enabled"),
                        row.flag(alias + "_pending"),
                        row.flag(alias + "_fallback"),
                        row.flag(alias + "_vouched"),
                        row.flag(alias + "_digests")));
    }
}
