package org.lectern.local;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
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
    void emptyingForgetsDataButNotTheDatabasesBinaries() throws Exception {
        Files.createDirectories(folder.resolve("kafka/topic"));
        Files.writeString(folder.resolve("kafka/topic/0.log"), "x");
        Files.createDirectories(folder.resolve("postgres-binaries"));
        try (DataFolder data = new DataFolder(folder)) {
            data.empty();
        }
        assertFalse(Files.exists(folder.resolve("kafka")));
        assertTrue(Files.exists(folder.resolve("postgres-binaries")));
    }
}
