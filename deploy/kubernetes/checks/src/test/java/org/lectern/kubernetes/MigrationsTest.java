package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A migration that takes away what the version before needs says so at its top, where {@code operations.md} tells people to
 * look: {@code -- Contracts}. Seen is what is dropped, renamed, given another type, or required from now on; a new constraint
 * that old rows or old code break is not.
 */
class MigrationsTest {

    /** The last migration from before anything was released: no version before it ever ran beside it. */
    private static final Map<String, Integer> BASELINE = Map.of("scheduler", 27, "notification", 23);

    private static final Pattern VERSION = Pattern.compile("V(\\d+)__.*\\.sql");
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
    @ValueSource(strings = {"scheduler", "notification"})
    void whatContractsSaysSo(String service) {
        assertThat(migrations(service)
                        .filter(migration -> version(migration) > BASELINE.get(service))
                        .filter(migration -> contracts(Repository.read(migration)))
                        .filter(migration -> !saysSo(Repository.read(migration))))
                .isEmpty();
    }

    /** What is recognised in earnest: nothing of this was released, so only the last one says so. */
    @Test
    void thoseFromBeforeTheFirstReleaseAreRecognised() {
        assertThat(contracting("scheduler")).contains(12, 19, 20, 26);
        assertThat(contracting("notification")).containsExactly(5, 6);
        assertThat(migrations("scheduler")
                        .filter(migration -> saysSo(Repository.read(migration)))
                        .map(MigrationsTest::version))
                .contains(26);
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
                "DROP FUNCTION told_version(uuid);"
            })
    void aSeededOneIsFoundUnlessItSaysSo(String seeded) {
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
    void whatTakesNothingAwayNeedNotSaySo(String harmless) {
        assertThat(contracts(harmless)).isFalse();
    }

    private static List<Integer> contracting(String service) {
        return migrations(service)
                .filter(migration -> version(migration) <= BASELINE.get(service))
                .filter(migration -> contracts(Repository.read(migration)))
                .map(MigrationsTest::version)
                .sorted()
                .toList();
    }

    private static Stream<Path> migrations(String service) {
        return Repository.below(service + "-service/src/main/resources/db/migration").stream();
    }

    private static int version(Path migration) {
        Matcher name = VERSION.matcher(migration.getFileName().toString());
        assertThat(name.matches()).as("%s", migration).isTrue();
        return Integer.parseInt(name.group(1));
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
