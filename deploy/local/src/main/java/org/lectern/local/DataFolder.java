package org.lectern.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** The folder of one running stack, locked while it runs: two stacks on the same data would destroy it. */
public final class DataFolder implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final Set<String> NOT_DATA = Set.of(LOCK, "postgres-binaries");

    private final Path path;
    private final FileChannel channel;

    /** Another stack runs on the folder. */
    static final class InUse extends RuntimeException {
        private static final long serialVersionUID = 1;

        InUse(Path path) {
            super("Lectern is already running on " + path
                    + ". Stop it first, or choose another folder with --data DIR.");
        }
    }

    /** The folder's databases are older than the first release: this version cannot use or convert them. */
    static final class PredatesRelease extends RuntimeException {
        private static final long serialVersionUID = 1;

        PredatesRelease(Path path) {
            super("The data in " + path + " was made before the first release, and this version cannot convert it."
                    + " Delete the folder, or start with another one by --data DIR.");
        }
    }

    public DataFolder(Path path) {
        try {
            Files.createDirectories(path);
            this.path = path.toRealPath();
            channel = FileChannel.open(
                    path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + path + " cannot be used: " + e.getMessage(), e);
        }
        if (!locked()) {
            close();
            throw new InUse(path);
        }
    }

    public Path path() {
        return path;
    }

    /** Cleans up after a killed run: stops its database server if it still runs, and deletes its addresses. */
    public void recover() {
        Postgres.stopAbandoned(path.resolve("postgres"));
        StateFile.forget(path);
    }

    /** Refuses data that no migration can convert. */
    void check(Postgres postgres) {
        if (Postgres.DATABASES.stream().anyMatch(postgres::predatesRelease)) {
            throw new PredatesRelease(path);
        }
    }

    /** Deletes the data of earlier runs. */
    public void empty() {
        try (Stream<Path> found = Files.list(path)) {
            for (Path child : found.toList()) {
                if (!NOT_DATA.contains(child.getFileName().toString())) {
                    delete(child);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data of an earlier run could not be removed from " + path, e);
        }
    }

    /**
     * Closing the channel releases the lock. The file stays: deleting it would let two stacks lock two different files.
     */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean locked() {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + path + " cannot be locked", e);
        }
    }

    /** Keeps only the logs of a temporary stack. */
    public static void keepLogs(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            for (Path data : found.filter(Files::isDirectory).toList()) {
                delete(data);
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> found = Files.walk(tree)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
