package org.lectern.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;

/**
 * The addresses of the running stack, for {@code deploy/local/token} and scripts. The file exists only while the stack
 * is ready.
 */
final class StateFile implements AutoCloseable {

    static final String NAME = "stack.properties";

    private final Path file;

    StateFile(Path file, Map<String, String> addresses) {
        this.file = file;
        Properties state = new Properties();
        state.putAll(addresses);
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try {
            try (var writer = Files.newBufferedWriter(draft)) {
                state.store(writer, null);
            }
            // Readers that wait for the file must never see half of it.
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The state file could not be written", e);
        }
    }

    /** Removes the file of a killed run before the next one starts. */
    static void forget(Path data) {
        try {
            Files.deleteIfExists(data.resolve(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
