package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A versioned migration is named after its release. A migration that removes something the previous version needs
 * starts with {@code -- Contracts}, as {@code operations.md} tells operators. The test recognises drops, renames, type
 * changes and new NOT NULL requirements. It does not recognise a new constraint that old rows or old code violate.
 *
 * <p>Repeatable migrations replace functions, views and triggers while the previous version runs. They remove nothing,
 * and each locks one table at most: locking two tables in another order than the service would cause a deadlock.
 */
class MigrationsTest {

    private static final List<String> SERVICES = List.of("scheduler", "notification");

    private static final Pattern VERSIONED = Pattern.compile("V\\d+\\.\\d+\\.\\d+\\.\\d+__[a-z_]+\\.sql");
    private static final Pattern REPEATABLE = Pattern.compile("R__(?:triggers_(?<table>[a-z_]+)|[a-z_]+)\\.sql");
    private static final Pattern REPLACED = Pattern.compile("CREATE OR REPLACE (?:FUNCTION|VIEW) .*");
    private static final Pattern TRIGGER = Pattern.compile(
            "(?:CREATE OR REPLACE TRIGGER \\w+|CREATE CONSTRAINT TRIGGER \\w+|DROP TRIGGER IF EXISTS \\w+)"
                    + " (?:(?:BEFORE|AFTER) [A-Z ]+ )?ON (?<table>\\w+)\\b.*");
    private static final Pattern CREATED = Pattern.compile("CREATE TABLE (\\w+)");
    private static final Pattern ALTERED = Pattern.compile("ALTER TABLE (?:ONLY )?(\\w+)");
    private static final Pattern DROPPED =
            Pattern.compile("DROP (?:TABLE|VIEW|MATERIALIZED VIEW|FUNCTION|PROCEDURE|TYPE|SEQUENCE|SCHEMA)\\b");
    private static final Pattern COLUMN_DROPPED =
            Pattern.compile("\\bDROP (?!CONSTRAINT|NOT NULL|EXPRESSION|IDENTITY)");
    private static final Pattern RENAMED = Pattern.compile("\\bRENAME (?!CONSTRAINT)");
    private static final Pattern OF_OTHER_TYPE = Pattern.compile("\\bALTER (?:COLUMN )?\\w+ (?:SET DATA )?TYPE\\b");
    private static final Pattern REQUIRED = Pattern.compile("\\bSET NOT NULL\\b");
    private static final Pattern ADDED_AND_REQUIRED = Pattern.compile(
            "\\bADD (?!CONSTRAINT)(?:COLUMN )?(?:IF NOT EXISTS )?\\w+ (?:(?!\\bADD\\b|DEFAULT|GENERATED).)*NOT NULL"
                    + "(?!(?:(?!\\bADD\\b).)*(?:DEFAULT|GENERATED))");

    @ParameterizedTest
    @FieldSource("SERVICES")
    void migrations_areNamedByReleaseOrRepeatable(String service) {
        assertThat(migrations(service))
                .extracting(MigrationsTest::name)
                .allSatisfy(name -> assertThat(VERSIONED.matcher(name).matches()
                                || REPEATABLE.matcher(name).matches())
                        .isTrue());
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void contractingMigration_saysSo(String service) {
        assertThat(migrations(service).stream()
                        .filter(migration -> name(migration).startsWith("V"))
                        .filter(migration -> contracts(Repository.read(migration)))
                        .filter(migration -> !saysSo(Repository.read(migration))))
                .isEmpty();
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void repeatableMigration_onlyReplacesAndLocksOneTable(String service) {
        assertThat(migrations(service).stream()
                        .filter(migration -> name(migration).startsWith("R"))
                        .filter(migration -> !onlyReplaces(name(migration), Repository.read(migration))))
                .isEmpty();
    }

    @Test
    void destructiveOrLockingRepeatable_isFound() {
        String function = "CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT 1; SELECT 2 $$;";
        String trigger =
                "CREATE OR REPLACE TRIGGER t AFTER INSERT OR UPDATE ON branch FOR EACH ROW EXECUTE FUNCTION f();";
        assertThat(onlyReplaces("R__one.sql", function)).isTrue();
        assertThat(onlyReplaces("R__triggers_branch.sql", trigger)).isTrue();

        assertThat(onlyReplaces("R__one.sql", trigger))
                .as("a changed function would lock the table")
                .isFalse();
        assertThat(onlyReplaces("R__triggers_branch.sql", function)).isFalse();
        assertThat(onlyReplaces("R__triggers_venue.sql", trigger)).isFalse();
        assertThat(onlyReplaces("R__triggers_branch.sql", trigger + "\nDROP TRIGGER IF EXISTS u ON venue;"))
                .isFalse();
        assertThat(onlyReplaces("R__one.sql", function.replace("OR REPLACE ", "")))
                .isFalse();
        assertThat(onlyReplaces("R__one.sql", "DROP FUNCTION f();" + function)).isFalse();
        assertThat(onlyReplaces("R__one.sql", "UPDATE branch SET name = 'x';")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE branch;",
                "ALTER TABLE branch DROP COLUMN name;",
                "alter table branch\n    add called text,\n    drop name;",
                "ALTER TABLE branch RENAME TO unit;",
                "ALTER TABLE branch RENAME COLUMN name TO called;",
                "ALTER TABLE branch RENAME name TO called;",
                "ALTER TABLE branch ALTER COLUMN name TYPE varchar(20);",
                "ALTER TABLE branch ALTER name SET NOT NULL;",
                "ALTER TABLE branch ALTER name DROP DEFAULT;",
                "ALTER TABLE branch ADD called text NOT NULL;",
                "ALTER TABLE branch ADD called text NOT NULL, ADD known boolean NOT NULL DEFAULT false;",
                "DROP FUNCTION announced_version(uuid);"
            })
    void seededContractingMigration_isFoundUnlessItSaysSo(String seeded) {
        assertThat(contracts(seeded)).isTrue();
        assertThat(saysSo(seeded)).isFalse();
        assertThat(saysSo("-- Names.\n-- Contracts: the version before must not run beside it.\n\n" + seeded))
                .isTrue();
        assertThat(saysSo(seeded + "\n\n\n\n-- Contracts")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- DROP TABLE branch;",
                "ALTER TABLE branch ADD called text;",
                "ALTER TABLE branch ADD called text NOT NULL DEFAULT '';",
                "ALTER TABLE branch ADD called text DEFAULT '' NOT NULL;",
                "ALTER TABLE branch ALTER name DROP NOT NULL;",
                "ALTER TABLE branch DROP CONSTRAINT branch_check;",
                "ALTER TABLE branch RENAME CONSTRAINT one TO other;",
                "ALTER INDEX one RENAME TO other;",
                "DROP INDEX branch_by_code;",
                "DROP TRIGGER one ON branch;",
                "CREATE TABLE unit (id uuid NOT NULL); ALTER TABLE unit ALTER id SET NOT NULL;",
                "UPDATE branch SET name = 'DROP TABLE branch';"
            })
    void migrationThatTakesNothingAway_needNotSaySo(String harmless) {
        assertThat(contracts(harmless)).isFalse();
    }

    private static List<Path> migrations(String service) {
        return Repository.below(service + "-service/src/main/resources/db/migration");
    }

    private static String name(Path migration) {
        return migration.getFileName().toString();
    }

    /** Statements as one line each, without comments; quoted texts, including function bodies, are empty. */
    private static List<String> statements(String sql) {
        String text = sql.replaceAll("--.*", "")
                .replaceAll("(?s)\\$\\$.*?\\$\\$", "''")
                .replaceAll("(?s)\\bBEGIN ATOMIC\\b.*?\\nEND;", "'';")
                .replaceAll("'[^']*'", "''");
        return Stream.of(text.split(";", -1))
                .map(statement -> statement.replaceAll("\\s+", " ").strip())
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static boolean onlyReplaces(String name, String sql) {
        Matcher named = REPEATABLE.matcher(name);
        assertThat(named.matches()).as("%s", name).isTrue();
        String table = named.group("table");
        return statements(sql).stream().allMatch(statement -> {
            Matcher trigger = TRIGGER.matcher(statement);
            return table == null
                    ? REPLACED.matcher(statement).matches()
                    : trigger.matches() && trigger.group("table").equals(table);
        });
    }

    private static boolean saysSo(String sql) {
        return sql.lines().limit(3).anyMatch(line -> line.startsWith("-- Contracts"));
    }

    private static boolean contracts(String sql) {
        String text = sql.replaceAll("--.*", "")
                .replaceAll("'[^']*'", "''")
                .replaceAll("\\s+", " ")
                .toUpperCase(Locale.ROOT);
        List<String> created =
                CREATED.matcher(text).results().map(match -> match.group(1)).toList();
        return Stream.of(text.split(";", -1)).anyMatch(statement -> {
            if (DROPPED.matcher(statement).find()) {
                return true;
            }
            Matcher altered = ALTERED.matcher(statement);
            return altered.find()
                    && !created.contains(altered.group(1))
                    && Stream.of(COLUMN_DROPPED, RENAMED, OF_OTHER_TYPE, REQUIRED, ADDED_AND_REQUIRED)
                            .anyMatch(pattern -> pattern.matcher(statement).find());
        });
    }
}
