package org.lectern.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A migration waits for readers of a table, and all later queries wait behind it. It therefore gives up soon and
 * retries. Uses the service's own settings and the connection of its migrations.
 */
public abstract class AbstractPatientMigrationTest {

    @Inject
    protected Flyway flyway;

    @Inject
    protected DataSource database;

    private Flyway migration;

    @BeforeEach
    void aTableAndAMigrationOfIt() throws SQLException {
        execute("CREATE SCHEMA patience");
        execute("CREATE TABLE patience.busy (id integer)");
        migration = Flyway.configure()
                .configuration(flyway.getConfiguration())
                .schemas("patience")
                .defaultSchema("patience")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .resourceProvider(null) // otherwise Flyway finds those of the service in any location
                .locations("filesystem:src/test/resources/patience")
                .load();
    }

    @AfterEach
    void clear() throws SQLException {
        execute("DROP SCHEMA patience CASCADE");
    }

    @Test
    void blockedMigration_givesUpAndSucceedsLater() throws Exception {
        CompletableFuture<?> migrated;
        try (Connection report = database.getConnection();
                Statement reading = report.createStatement()) {
            report.setAutoCommit(false);
            reading.execute("SELECT FROM patience.busy");
            migrated = CompletableFuture.runAsync(migration::migrate);
            untilSomebodyWaitsUnless(migrated);

            CompletableFuture.runAsync(() -> {
                        try {
                            execute("SELECT FROM patience.busy");
                        } catch (SQLException e) {
                            throw new CompletionException(e);
                        }
                    })
                    .get(2, TimeUnit.MINUTES);
            assertThatThrownBy(() -> migrated.get(2, TimeUnit.MINUTES))
                    .hasCauseInstanceOf(FlywayException.class)
                    .hasMessageContaining("lock timeout");
            assertThat(report.isValid(1)).as("the report is still being read").isTrue();
            report.rollback();
        }

        assertThat(migration.migrate().migrationsExecuted).isOne();
        execute("SELECT waited FROM patience.busy");
    }

    @Test
    void changedRepeatableMigration_isAppliedPatiently(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("R__triggers_busy.sql");
        String replaced = """
            CREATE OR REPLACE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
            CREATE OR REPLACE TRIGGER noted AFTER INSERT ON busy FOR EACH ROW EXECUTE FUNCTION noted();
            """;
        Flyway repeatable = Flyway.configure()
                .configuration(migration.getConfiguration())
                .locations("filesystem:" + folder)
                .load();
        Files.writeString(file, replaced);
        assertThat(repeatable.migrate().migrationsExecuted).isOne();
        assertThat(repeatable.migrate().migrationsExecuted).isZero();

        Files.writeString(file, replaced + "-- changed");
        try (Connection work = database.getConnection();
                Statement writing = work.createStatement()) {
            work.setAutoCommit(false);
            writing.execute("INSERT INTO patience.busy VALUES (1)");
            assertThatThrownBy(repeatable::migrate)
                    .isInstanceOf(FlywayException.class)
                    .hasMessageContaining("lock timeout");
            work.commit();
        }
        assertThat(repeatable.migrate().migrationsExecuted).isOne();
    }

    private void untilSomebodyWaitsUnless(CompletableFuture<?> over) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            await().until(() -> {
                try (var waiting = statement.executeQuery(
                        "SELECT FROM pg_locks WHERE NOT granted AND relation = 'patience.busy'::regclass")) {
                    return waiting.next() || over.isDone();
                }
            });
        }
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }
}
