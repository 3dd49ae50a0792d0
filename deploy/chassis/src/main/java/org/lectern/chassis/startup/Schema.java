package org.lectern.chassis.startup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The version of the schema that a database has. A schema that is ahead is none of our business: the version before may
 * run again on the next one's schema. What each migration says is compared by whoever migrates; here one row is read,
 * for Flyway takes a seventh of a start to look.
 */
public record Schema(int version, boolean isBroken) {

    /** The setting that names the newest migration of a service. */
    static final String NEEDED = "lectern.schema.needed";

    /** What speaks against working on a schema, and what to do. */
    public record Objection(String what, String remedy) {}

    /** Reads what the migrations left behind; version 0 of a database that has seen none. */
    public static Schema of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT to_regclass('flyway_schema_history') IS NOT NULL")) {
                row.next();
                if (!row.getBoolean(1)) {
                    return new Schema(0, false);
                }
            }
            try (ResultSet row = statement.executeQuery("""
                    SELECT coalesce(max(cast(version AS integer)) FILTER (WHERE success), 0),
                           count(*) FILTER (WHERE NOT success) > 0
                    FROM flyway_schema_history""")) {
                row.next();
                return new Schema(row.getInt(1), row.getBoolean(2));
            }
        }
    }

    /**
     * Why a service cannot work on it, if so.
     *
     * @param needed the newest migration of the service
     */
    public Optional<Objection> objection(int needed) {
        if (isBroken) {
            return Optional.of(new Objection(
                    "A migration failed", "see flyway_schema_history; mend its cause and run the Job again"));
        }
        if (version == 0) {
            return Optional.of(new Objection(
                    "The database is empty",
                    "run the migration Job, or start with QUARKUS_FLYWAY_ACTIVE=true and"
                            + " QUARKUS_FLYWAY_MIGRATE_AT_START=true"));
        }
        if (version < needed) {
            return Optional.of(new Objection(
                    "The schema is at version " + version + ", this service needs " + needed,
                    "apply the migration Job of this version; the service does not start before"));
        }
        return Optional.empty();
    }
}
