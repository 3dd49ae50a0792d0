package org.lectern.scheduler.support;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.lectern.chassis.time.Uuid7;

/** Lecturers, branches, venues and topics for one test, always new, so that tests are isolated. */
@ApplicationScoped
public class City {

    private final DataSource database;

    @Inject
    City(DataSource database) {
        this.database = database;
    }

    /** One of each, available at any time. */
    public record Cast(UUID lecturer, UUID topic, UUID branch, String branchCode, UUID venue) {}

    public Cast cast() {
        UUID topic = topic(90);
        UUID branch = branch(null, "Asia/Shanghai", false);
        return new Cast(lecturer(topic), topic, branch, "B-" + branch, venue());
    }

    public UUID topic(int minutes) {
        UUID id = Uuid7.next();
        run(
                "INSERT INTO topic (id, version, code, title, duration_minutes, created_at, updated_at)"
                        + " VALUES (?, 1, ?, '乡村振兴政策解读', ?, now(), now())",
                id,
                "T-" + id,
                minutes);
        return id;
    }

    public UUID lecturer(UUID... topics) {
        UUID id = Uuid7.next();
        run(
                "INSERT INTO lecturer (id, version, code, name, tier, zone, locale, email, phone, created_at, updated_at)"
                        + " VALUES (?, 1, ?, '林晓岚', 'municipal', 'Asia/Shanghai', 'zh-CN',"
                        + " 'lecturer@example.org', '+86 138 0000 0000', now(), now())",
                id,
                "L-" + id);
        for (UUID topic : topics) {
            run("INSERT INTO lecturer_topic (lecturer_id, topic_id) VALUES (?, ?)", id, topic);
        }
        return id;
    }

    /** Its code is {@code B-} and its id. */
    public UUID branch(UUID parent, String zone, boolean parallel) {
        UUID id = Uuid7.next();
        run(
                "INSERT INTO branch (id, version, code, name, kind, parent_id, zone, locale, parallel, created_at, updated_at)"
                        + " VALUES (?, 1, ?, '青石村', 'village', ?, ?, 'zh-CN', ?, now(), now())",
                id,
                "B-" + id,
                parent,
                zone,
                parallel);
        return id;
    }

    public UUID venue() {
        UUID id = Uuid7.next();
        run(
                "INSERT INTO venue (id, version, code, name, kind, address, created_at, updated_at)"
                        + " VALUES (?, 1, ?, '文化礼堂', 'lecture-hall', '青石村8号', now(), now())",
                id,
                "V-" + id);
        return id;
    }

    /** A hall at these coordinates. */
    public UUID venueAt(double latitude, double longitude) {
        UUID id = venue();
        place("venue", id, latitude, longitude);
        return id;
    }

    /** Moves a venue or a branch; without coordinates its place is unknown. */
    public void place(String table, UUID id, Double latitude, Double longitude) {
        run(
                "UPDATE " + table + " SET latitude = cast(? AS double precision),"
                        + " longitude = cast(? AS double precision) WHERE id = ?",
                latitude,
                longitude,
                id);
    }

    public void archive(String table, UUID id) {
        run("UPDATE " + table + " SET archived = true WHERE id = ?", id);
    }

    public long count(String query, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepare(connection, query, values);
                var row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs one statement. */
    public int run(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
