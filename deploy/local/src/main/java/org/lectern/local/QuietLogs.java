package org.lectern.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps logs of Kafka and other libraries off the terminal: warnings and errors go to a file, the rest is dropped. */
public final class QuietLogs {

    private QuietLogs() {}

    public static Path to(Path data) {
        Path file = data.resolve("stack.log");
        LogManager.getLogManager().reset();
        try {
            Files.createDirectories(data);
            FileHandler handler = new FileHandler(file.toString().replace("%", "%%"), true);
            handler.setLevel(Level.WARNING);
            handler.setFormatter(new SimpleFormatter());
            Logger root = Logger.getLogger("");
            root.setLevel(Level.WARNING);
            root.addHandler(handler);
            Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                    root.log(Level.WARNING, failure, () -> "Thread " + thread.getName() + " ended"));
        } catch (IOException e) {
            throw new UncheckedIOException("The log file " + file + " could not be opened", e);
        }
        return file;
    }
}
