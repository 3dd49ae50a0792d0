package org.lectern.chassis.startup;

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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The state of a database schema, read from Flyway's history. A newer schema is accepted, because the previous release
 * may run again after a rollback. Only the migration Job validates every migration; here one table is read, since
 * Flyway's validation takes a seventh of the start time.
 *
 * @param version the newest successful versioned migration; {@code "0"} for an empty database
 * @param isBroken whether a migration failed
 * @param predatesRelease whether the schema is from before the first release; no conversion exists
 * @param texts each applied text of a repeatable migration
 */
public record Schema(String version, boolean isBroken, boolean predatesRelease, Set<Repeatable> texts) {

    /** The setting with the newest versioned migration of a service. */
    static final String NEEDED = "lectern.schema.needed";

    /** The setting with the repeatable migrations of a service, {@code db/migration/R__NAME.sql}. */
    static final String REPEATABLE = "lectern.schema.repeatable";

    private static final String EMPTY = "0";

    /** One text of a repeatable migration, identified by Flyway's checksum. */
    public record Repeatable(String name, int checksum) {

        /** The repeatable migration in the text packaged with this service. */
        static Repeatable packaged(String name) {
            String path = "db/migration/" + file(name);
            try (InputStream text =
                    Thread.currentThread().getContextClassLoader().getResourceAsStream(path)) {
                if (text == null) {
                    throw new FileNotFoundException(path);
                }
                var checksum = new CRC32(); // as Flyway computes it: over the lines without their ends
                new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))
                        .lines()
                        .forEach(line -> checksum.update(line.getBytes(StandardCharsets.UTF_8)));
                return new Repeatable(name, (int) checksum.getValue());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String file(String name) {
            return "R__" + name + ".sql";
        }
    }

    /** Why a schema cannot be used, and what to do. */
    public record Objection(String what, String remedy) {}

    public static Schema of(Connection connection) throws SQLException {
        String version = EMPTY;
        boolean broken = false;
        boolean predatesRelease = false;
        Set<Repeatable> texts = new HashSet<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT to_regclass('flyway_schema_history') IS NOT NULL")) {
                row.next();
                if (!row.getBoolean(1)) {
                    return new Schema(version, broken, predatesRelease, texts);
                }
            }
            try (ResultSet row =
                    statement.executeQuery("SELECT version, script, checksum, success FROM flyway_schema_history")) {
                while (row.next()) {
                    String path = row.getString("script");
                    String script = path.substring(path.lastIndexOf('/') + 1);
                    String applied = row.getString("version");
                    if (!row.getBoolean("success")) {
                        broken = true;
                    } else if (applied != null) {
                        version = isBefore(version, applied) ? applied : version;
                        predatesRelease |= script.startsWith("V1__");
                    } else if (script.startsWith("R__") && script.endsWith(".sql")) {
                        String name = script.substring("R__".length(), script.length() - ".sql".length());
                        texts.add(new Repeatable(name, row.getInt("checksum")));
                    }
                }
            }
        }
        return new Schema(version, broken, predatesRelease, texts);
    }

    /**
     * Why a service cannot run on this schema, if so.
     *
     * @param needed the newest versioned migration of the service
     * @param repeatable the names of its repeatable migrations
     */
    public Optional<Objection> objection(String needed, List<String> repeatable) {
        if (predatesRelease) {
            return Optional.of(new Objection(
                    "The schema is from before the first release",
                    "use an empty database and load the data again; it cannot be converted"));
        }
        if (isBroken) {
            return Optional.of(new Objection(
                    "A migration failed", "see flyway_schema_history, fix the cause and run the Job again"));
        }
        if (version.equals(EMPTY)) {
            return Optional.of(new Objection(
                    "The database is empty",
                    "run the migration Job, or start with QUARKUS_FLYWAY_ACTIVE=true and"
                            + " QUARKUS_FLYWAY_MIGRATE_AT_START=true"));
        }
        if (isBefore(version, needed)) {
            return Optional.of(new Objection(
                    "The schema is at version " + version + ", this service needs " + needed,
                    "run the migration Job of this version; until then the service does not start"));
        }
        List<String> missing = repeatable.stream()
                .filter(name -> !texts.contains(Repeatable.packaged(name)))
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of(new Objection(
                    "The schema lacks the current definition of " + String.join(", ", missing),
                    "run the migration Job of this version; until then the service does not start"));
        }
        return Optional.empty();
    }

    private static boolean isBefore(String version, String other) {
        return Version.parse(version).compareTo(Version.parse(other)) < 0;
    }
}
