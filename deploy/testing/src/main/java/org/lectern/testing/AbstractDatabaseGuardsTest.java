package org.lectern.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The page about database guards names exactly the existing functions, triggers and constraints. */
public abstract class AbstractDatabaseGuardsTest {

    private static final Pattern NAME = Pattern.compile("`([a-z_0-9]+)`");

    private final String section;
    private final Set<String> fixed;

    /**
     * @param section of this service in the page
     * @param fixed the functions used by constraints and indexes
     */
    protected AbstractDatabaseGuardsTest(String section, Set<String> fixed) {
        this.section = section;
        this.fixed = fixed;
    }

    @Inject
    protected DataSource database;

    @Test
    void everyFunction_isExplained() throws IOException, SQLException {
        assertThat(explained("function")).isEqualTo(stored("""
            SELECT p.proname FROM pg_proc p WHERE p.pronamespace = cast('public' AS regnamespace)
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')\
            """));
    }

    @Test
    void everyTrigger_isExplained() throws IOException, SQLException {
        assertThat(explained("trigger")).isEqualTo(stored("""
            SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            WHERE NOT t.tgisinternal AND c.relnamespace = cast('public' AS regnamespace)\
            """));
    }

    @Test
    void everyTrigger_isExplainedWithItsTable() throws IOException, SQLException {
        Set<String> explained = new TreeSet<>();
        rows("trigger")
                .forEach(cells -> names(cells[1])
                        .forEach(name -> explained.add(
                                name + " on " + names(cells[2]).findFirst().orElseThrow())));
        assertThat(explained).isEqualTo(stored("""
            SELECT t.tgname || ' on ' || c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            WHERE NOT t.tgisinternal AND c.relnamespace = cast('public' AS regnamespace)\
            """));
    }

    @Test
    void everyCheckUniqueAndExclusionConstraint_isExplained() throws IOException, SQLException {
        assertThat(explained("constraint")).isEqualTo(stored("""
            SELECT conname FROM pg_constraint
            WHERE contype IN ('c', 'u', 'x') AND connamespace = cast('public' AS regnamespace)
            UNION
            SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE i.indisunique AND NOT i.indisprimary AND c.relnamespace = cast('public' AS regnamespace)\
            """));
    }

    /** A function used by a check or an index must keep its meaning, so it is never replaced in place. */
    @Test
    void functionOfConstraintOrIndex_isNotRepeatable() throws IOException, SQLException {
        Set<String> used = stored("""
            SELECT p.proname FROM pg_depend d
            JOIN pg_proc p ON p.oid = d.refobjid AND d.refclassid = cast('pg_proc' AS regclass)
            WHERE p.pronamespace = cast('public' AS regnamespace)
            AND d.classid IN (cast('pg_constraint' AS regclass), cast('pg_class' AS regclass), cast('pg_attrdef' AS regclass))
            AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = p.oid AND e.deptype = 'e')\
            """);
        StringBuilder repeatable = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("R__"))
                    .toList()) {
                repeatable.append(Files.readString(file));
            }
        }
        assertThat(used).isEqualTo(fixed);
        assertThat(used).allSatisfy(name -> assertThat(repeatable).doesNotContain("FUNCTION " + name + "("));
    }

    private Set<String> explained(String kind) throws IOException {
        Set<String> names = new TreeSet<>();
        rows(kind).forEach(cells -> names(cells[1]).forEach(names::add));
        return names;
    }

    /** The rows of this service's tables with that header; the first cell is empty. */
    private List<String[]> rows(String kind) throws IOException {
        String page = Files.readString(Path.of("../deploy/docs/architecture.md"));
        String tables = page.substring(page.indexOf("\n### " + section)).split("\n##+ ", 3)[1];
        return Arrays.stream(tables.split("\n\n"))
                .filter(table -> table.startsWith("| " + kind))
                .flatMap(table -> table.lines().skip(2))
                .map(row -> row.split("\\|"))
                .toList();
    }

    private static Stream<String> names(String cell) {
        return NAME.matcher(cell).results().map(found -> found.group(1));
    }

    private Set<String> stored(String query) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Connection connection = database.getConnection();
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
