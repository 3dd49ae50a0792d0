package org.lectern.local;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path folder;

    @Test
    void oneStackPerFolderUntilItIsClosed() {
        try (DataFolder first = new DataFolder(folder)) {
            assertTrue(Files.isDirectory(first.path()));
            assertThrows(DataFolder.InUse.class, () -> new DataFolder(folder));
        }
        new DataFolder(folder).close();
    }

    @Test
    void emptying_keepsTheBinariesOfTheDatabase() throws Exception {
        Files.createDirectories(folder.resolve("kafka/topic"));
        Files.writeString(folder.resolve("kafka/topic/0.log"), "x");
        Files.createDirectories(folder.resolve("postgres-binaries"));
        try (DataFolder data = new DataFolder(folder)) {
            data.empty();
        }
        assertFalse(Files.exists(folder.resolve("kafka")));
        assertTrue(Files.exists(folder.resolve("postgres-binaries")));
    }

    @Test
    void dataFromBeforeTheFirstRelease_isRefused() throws Exception {
        try (DataFolder data = new DataFolder(folder);
                Postgres postgres = new Postgres(data.path(), FreePort.any(), false)) {
            assertDoesNotThrow(() -> data.check(postgres));
            try (var connection = DriverManager.getConnection(postgres.jdbcUrl("notification"), "notification", "x");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE flyway_schema_history (script text)");
                statement.execute("INSERT INTO flyway_schema_history VALUES ('V1.0.0.1__directory.sql')");
                assertDoesNotThrow(() -> data.check(postgres));
                statement.execute("INSERT INTO flyway_schema_history VALUES ('V1__directory.sql')");
            }
            String message = assertThrows(DataFolder.PredatesRelease.class, () -> data.check(postgres))
                    .getMessage();
            assertTrue(message.contains(data.path().toString()) && message.contains("--data DIR"), message);
        }
    }
}
