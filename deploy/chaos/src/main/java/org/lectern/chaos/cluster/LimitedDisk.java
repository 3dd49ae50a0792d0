package org.lectern.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.lectern.chaos.fault.FaultTarget.Disk;

/**
 * A folder on its own file system (tmpfs) that can shrink to its content; every further write then fails with ENOSPC.
 * Mounting requires root; without it the folder is ordinary and cannot be filled.
 */
public final class LimitedDisk implements Disk, AutoCloseable {

    private static final String ROOMY = "4g";
    private static final int TRIES = 20;

    private final Path folder;
    private final boolean mounted;
    private final LongSupplier refusedWrites;
    private long refusedBefore;

    /** @param refusedWrites returns how many writes of the engine the disk refused */
    LimitedDisk(Path folder, boolean limited, LongSupplier refusedWrites) {
        this.folder = folder;
        this.refusedWrites = refusedWrites;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mounted = limited && run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + ROOMY, "lectern", folder.toString());
    }

    /** Unmounts what a killed run left mounted. */
    public static void releaseBelow(Path data) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/mounts"), StandardCharsets.UTF_8)) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("lectern") && Path.of(words[1]).startsWith(data)) {
                    run("umount", "-l", words[1]);
                }
            }
        } catch (IOException e) {
            // no such list on this machine: nothing is mounted
        }
    }

    @Override
    public boolean fill() {
        refusedBefore = refusedWrites.getAsLong();
        for (int i = 0; mounted && i < TRIES; i++) {
            // the content may grow between the two calls; the size is then too small and refused
            if (run("mount", "-o", "remount,size=" + used(), folder.toString())) {
                return true;
            }
        }
        return false;
    }

    private long used() {
        try {
            FileStore store = Files.getFileStore(folder);
            return store.getTotalSpace() - store.getUnallocatedSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void makeRoom() {
        if (mounted) {
            run("mount", "-o", "remount,size=" + ROOMY, folder.toString());
        }
    }

    @Override
    public boolean refusedWrites() {
        return refusedWrites.getAsLong() > refusedBefore;
    }

    @Override
    public void close() {
        if (mounted) {
            run("umount", "-l", folder.toString());
        }
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // the program does not exist
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
