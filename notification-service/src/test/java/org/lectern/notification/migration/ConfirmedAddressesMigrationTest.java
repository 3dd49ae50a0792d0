package org.lectern.notification.migration;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.notification.support.ServiceTest;

/** What becomes of the addresses that were in use before addresses were confirmed. */
@ServiceTest
class ConfirmedAddressesMigrationTest {

    @Inject
    Flyway flyway;

    @Inject
    DataSource database;

    @BeforeEach
    void anEarlierSchema() throws SQLException {
        execute("CREATE SCHEMA earlier");
        configuration().target("27").load().migrate();
        execute("""
                INSERT INTO earlier.branch (id, code, name, kind, zone, locale, archived, version, updated_at)
                VALUES (uuidv7(), 'OLD', 'Old', 'village', 'Asia/Shanghai', 'en', false, 1, now())""");
        for (String endpoint : List.of(
                "'email', 'old@example.org', true, false, NULL",
                "'email', 'off@example.org', false, false, NULL",
                "'email', NULL, false, false, now()",
                "'webhook', 'https://example.org/', true, false, NULL")) {
            execute("""
                    INSERT INTO earlier.endpoint (id, branch_id, channel, address, enabled, pending, removed_at,
                                                  version, created_at, updated_at)
                    SELECT uuidv7(), id, %s, 1, now(), now() FROM earlier.branch""".formatted(endpoint));
        }
    }

    @AfterEach
    void clear() throws SQLException {
        execute("DROP SCHEMA earlier CASCADE");
    }

    @Test
    void mailboxesInUse_countAsVouchedForByMigration() throws SQLException {
        configuration().load().migrate();

        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT concat_ws(' ', coalesce(address, 'removed'), usable, vouched_by) AS state
                        FROM earlier.endpoint ORDER BY id""")) {
            List<String> states = new ArrayList<>();
            while (rows.next()) {
                states.add(rows.getString("state"));
            }
            assertThat(states)
                    .containsExactly(
                            "old@example.org t migration",
                            "off@example.org f migration",
                            "removed f",
                            "https://example.org/ t");
        }
    }

    private FluentConfiguration configuration() {
        return Flyway.configure()
                .configuration(flyway.getConfiguration())
                .schemas("earlier")
                .defaultSchema("earlier");
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }
}
