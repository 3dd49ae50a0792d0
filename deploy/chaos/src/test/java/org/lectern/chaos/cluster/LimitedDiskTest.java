package org.lectern.chaos.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitedDiskTest {

    @Test
    void filledDisk_refusesWritesUntilThereIsRoom(@TempDir Path folder) throws IOException {
        try (LimitedDisk disk = new LimitedDisk(folder.resolve("disk"), true, () -> 0)) {
            Path file = folder.resolve("disk/file");
            Files.writeString(file, "before");
            assumeTrue(disk.fill(), "only root may mount");
            byte[] much = new byte[1 << 20];
            assertThrows(IOException.class, () -> Files.write(folder.resolve("disk/other"), much));
            assertEquals("before", Files.readString(file));

            disk.makeRoom();
            Files.write(folder.resolve("disk/other"), much);
        }
        LimitedDisk.releaseBelow(folder.toRealPath());
    }

    @Test
    void ordinaryFolder_cannotBeFilled(@TempDir Path folder) {
        try (LimitedDisk disk = new LimitedDisk(folder.resolve("disk"), false, () -> 0)) {
            assertFalse(disk.fill());
        }
    }
}
