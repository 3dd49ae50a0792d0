package org.lectern.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Every table has exactly one rule in the page about retention: a new table cannot grow without anyone deciding so. */
public abstract class AbstractRetentionRulesTest {

    private static final Pattern NAME = Pattern.compile("`([a-z_0-9]+)`");

    private final String section;

    /** @param section of this service in the page */
    protected AbstractRetentionRulesTest(String section) {
        this.section = section;
    }

    @Inject
    protected DataSource database;

    @Test
    void everyTable_hasOneRule() throws IOException, SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = database.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("""
                        SELECT relname FROM pg_class
                        WHERE relkind IN ('r', 'p') AND NOT relispartition
                          AND relnamespace = cast('public' AS regnamespace) AND relname <> 'flyway_schema_history'""")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        assertThat(rules().stream()
                        .flatMap(rule -> NAME.matcher(rule[2]).results().map(name -> name.group(1))))
                .containsExactlyInAnyOrderElementsOf(tables);
    }

    @Test
    void everyRule_saysHowLongAndWhoRemoves() throws IOException {
        assertThat(rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule).as(String.join("|", rule)).hasSize(5);
            assertThat(rule[3]).isNotBlank();
            assertThat(rule[4]).isNotBlank();
        });
    }

    /** The rows of this service's table: a blank, data, tables, how long, by whom. */
    private List<String[]> rules() throws IOException {
        String page = Files.readString(Path.of("../deploy/docs/retention.md"));
        return page.substring(page.indexOf("\n## " + section))
                .split("\n## ", 3)[1]
                .lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.split("\\|"))
                .toList();
    }
}
