package org.lectern.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Stops the child processes if the launcher ends without stopping them, as after {@code kill -9}. A shell reads their
 * ids and waits for its standard input to end.
 */
public final class Watchdog implements AutoCloseable {

    private static final String SCRIPT = """
            trap '' INT TERM HUP
            services=
            databases=
            while read -r kind pid; do
              case $kind in
                service) services="$services $pid" ;;
                database) databases="$databases $pid" ;;
                done) exit 0 ;;
              esac
            done
            [ -z "$services" ] || kill -TERM $services
            [ -z "$databases" ] || kill -INT $databases
            """;

    private final Process shell;
    private final OutputStream input;

    public Watchdog() {
        try {
            shell = new ProcessBuilder("sh", "-c", SCRIPT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("The watchdog did not start", e);
        }
        input = shell.getOutputStream();
    }

    public void watchService(long pid) {
        say("service " + pid);
    }

    /** PostgreSQL's fast shutdown needs a different signal. */
    public void watchDatabase(long pid) {
        say("database " + pid);
    }

    /** Call after the watched processes have been stopped. */
    @Override
    public void close() throws InterruptedException, IOException {
        say("done 0");
        input.close();
        if (!shell.waitFor(5, TimeUnit.SECONDS)) {
            shell.destroyForcibly();
        }
    }

    private void say(String line) {
        try {
            input.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The watchdog is gone", e);
        }
    }
}
