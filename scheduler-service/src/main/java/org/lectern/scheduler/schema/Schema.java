package org.lectern.scheduler.schema;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The state of a database's schema, read from the history that Flyway keeps in it. A schema that is ahead is accepted: the version
 * before may run again on the schema of the next one. Only the migration Job compares every migration with its file; here one
 * table is read, since Flyway's validation takes a seventh of a start.
 *
 * @param version the newest versioned migration that succeeded; {@code "0"} of an empty database
 * @param isBroken whether a migration failed
 * @param predatesRelease whether its first migrations are those from before the first release, which nothing converts
 * @param missing the repeatable migrations of this service that were never applied in the text it has
 */
public record Schema(String version, boolean isBroken, boolean predatesRelease, List<String> missing) {

    /** The newest versioned migration of this service. */
    public static final String NEEDED = "1.0.0.10";

    /** The repeatable migrations of this service: {@code db/migration/R__NAME.sql}. */
    static final List<String> REPEATABLE = List.of(
            "acknowledgements",
            "audit",
            "bookings",
            "campaigns",
            "coverage",
            "travel",
            "triggers_acknowledgement",
            "triggers_audit_entry",
            "triggers_audit_seal",
            "triggers_booking",
            "triggers_booking_branch",
            "triggers_branch",
            "triggers_notice_delivered",
            "triggers_venue");

    /** Why a schema cannot be used, and what to do. */
    public record Objection(String what, String remedy) {}

    public static Schema of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT to_regclass('flyway_schema_history') IS NOT NULL")) {
                row.next();
                if (!row.getBoolean(1)) {
                    return new Schema("0", false, false, REPEATABLE);
                }
            }
            var missing = new ArrayList<>(REPEATABLE);
            String version = "0";
            boolean broken = false;
            boolean predatesRelease = false;
            try (ResultSet row =
                    statement.executeQuery("SELECT version, script, checksum, success FROM flyway_schema_history")) {
                while (row.next()) {
                    String path = row.getString("script");
                    String script = path.substring(path.lastIndexOf('/') + 1);
                    String applied = row.getString("version");
                    if (!row.getBoolean("success")) {
                        broken = true;
                    } else if (applied == null) {
                        int checksum = row.getInt("checksum");
                        missing.removeIf(name -> script.equals(file(name)) && checksum == checksum(name));
                    } else {
                        version = Version.parse(applied).compareTo(Version.parse(version)) > 0 ? applied : version;
                        predatesRelease |= script.startsWith("V1__");
                    }
                }
            }
            return new Schema(version, broken, predatesRelease, List.copyOf(missing));
        }
    }

    /** Why this service cannot work on it, if so. */
    public Optional<Objection> objection() {
        if (predatesRelease) {
            return Optional.of(new Objection(
                    "The schema is from before the first release",
                    "nothing converts it: use an empty database and load the data again"));
        }
        if (isBroken) {
            return Optional.of(new Objection(
                    "A migration failed", "see flyway_schema_history; remove its cause and run the Job again"));
        }
        if (version.equals("0")) {
            return Optional.of(new Objection(
                    "The database is empty",
                    "run the migration Job, or start with QUARKUS_FLYWAY_ACTIVE=true and"
                            + " QUARKUS_FLYWAY_MIGRATE_AT_START=true"));
        }
        if (Version.parse(version).compareTo(Version.parse(NEEDED)) < 0) {
            return Optional.of(new Objection(
                    "The schema is at version " + version + ", this service needs " + NEEDED,
                    "apply the migration Job of this version; the service does not start before"));
        }
        if (!missing.isEmpty()) {
            return Optional.of(new Objection(
                    "The schema lacks the present text of " + String.join(", ", missing),
                    "apply the migration Job of this version; the service does not start before"));
        }
        return Optional.empty();
    }

    private static String file(String repeatable) {
        return "R__" + repeatable + ".sql";
    }

    /** As Flyway computes it: CRC-32 over the lines without their ends. */
    private static int checksum(String repeatable) {
        String path = "db/migration/" + file(repeatable);
        try (InputStream text = Schema.class.getClassLoader().getResourceAsStream(path)) {
            if (text == null) {
                throw new FileNotFoundException(path);
            }
            var checksum = new CRC32();
            new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))
                    .lines()
                    .forEach(line -> checksum.update(line.getBytes(StandardCharsets.UTF_8)));
            return (int) checksum.getValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
