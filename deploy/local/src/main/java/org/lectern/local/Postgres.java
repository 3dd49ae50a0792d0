package org.lectern.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL 18 with one database per service, each owned by a role of the same name that is no superuser. */
public final class Postgres implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    static final List<String> DATABASES = List.of("scheduler", "notification");

    private final Path folder;
    private final EmbeddedPostgres server;

    /**
     * @param durable whether a commit survives a power cut ({@code fsync}, {@code synchronous_commit} and
     *     {@code full_page_writes} on); only tests may do without
     */
    public Postgres(Path data, int port, boolean durable) {
        folder = data.resolve("postgres");
        stopAbandoned(folder);
        String durability = durable ? "on" : "off";
        try {
            server = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(folder)
                    .setOverrideWorkingDirectory(
                            data.resolve("postgres-binaries").toFile())
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false) // stopped in reverse order, after the services
                    .setServerConfig("fsync", durability)
                    .setServerConfig("synchronous_commit", durability)
                    .setServerConfig("full_page_writes", durability)
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("shared_buffers", "128MB")
                    .setPGStartupWait(PATIENCE)
                    .setOutputRedirector(log(data))
                    .setErrorRedirector(log(data))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start, see " + logFile(data), e);
        }
        try {
            createDatabases("");
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    /**
     * Creates one database per service, named after the service and {@code suffix}; existing databases stay unchanged.
     */
    void createDatabases(String suffix) {
        administer(statement -> {
            for (String owner : DATABASES) {
                if (!exists(statement, "pg_roles WHERE rolname = '" + owner + "'")) {
                    statement.execute("CREATE ROLE " + owner + " LOGIN PASSWORD '" + owner + "'");
                }
                String database = owner + suffix;
                if (!exists(statement, "pg_database WHERE datname = '" + database + "'")) {
                    statement.execute("CREATE DATABASE " + database + " OWNER " + owner);
                }
            }
        });
    }

    /** Removes the databases with that suffix and ends their sessions. */
    void dropDatabases(String suffix) {
        administer(statement -> {
            for (String owner : DATABASES) {
                statement.execute("DROP DATABASE IF EXISTS " + owner + suffix + " WITH (FORCE)");
            }
        });
    }

    private interface Work {
        void with(Statement statement) throws SQLException;
    }

    private void administer(Work work) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            work.with(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL runs, but its databases could not be changed", e);
        }
    }

    private static boolean exists(Statement statement, String where) throws SQLException {
        try (var found = statement.executeQuery("SELECT FROM " + where)) {
            return found.next();
        }
    }

    /** True if a service's tables predate the first release; no migration can convert them. */
    boolean predatesRelease(String database) {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            return exists(statement, "pg_tables WHERE tablename = 'flyway_schema_history'")
                    && exists(statement, "flyway_schema_history WHERE script ~ '(^|/)V1__'");
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL runs, but the schema of " + database + " could not be read", e);
        }
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    /** The process id of the running server. */
    public long pid() {
        return postmaster(folder).map(ProcessHandle::pid).orElseThrow();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            // A second Ctrl-C could end the program that stops the server, but not the server.
            stopAbandoned(folder);
        }
    }

    /** True if a server runs on {@code folder}, regardless of its launcher. */
    public static boolean isRunning(Path folder) {
        return postmaster(folder).isPresent();
    }

    /** The server that runs on {@code folder}, regardless of its launcher. */
    private static Optional<ProcessHandle> postmaster(Path folder) {
        Path file = folder.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
            return ProcessHandle.of(pid)
                    .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()));
        } catch (IOException | NumberFormatException | NoSuchElementException e) {
            return Optional.empty(); // a half-written file: the server itself handles it
        }
    }

    /**
     * Stops a server that outlived its launcher. The caller holds the lock of the data folder, so that launcher has
     * ended.
     */
    public static void stopAbandoned(Path folder) {
        Instant deadline = Instant.now().plus(PATIENCE);
        try {
            for (var server = postmaster(folder); server.isPresent(); server = postmaster(folder)) {
                long pid = server.get().pid();
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException(
                            "The PostgreSQL on " + folder + " (process " + pid + ") does not stop");
                }
                // SIGINT is PostgreSQL's fast shutdown; Java can only send the smart shutdown, which waits for clients
                // to disconnect.
                try {
                    new ProcessBuilder("kill", "-INT", Long.toString(pid))
                            .start()
                            .waitFor();
                } catch (IOException e) {
                    // Holding Ctrl-C ends even this process, so it repeats until the server has ended.
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while stopping PostgreSQL", e);
        }
    }

    private static File logFile(Path data) {
        return data.resolve("postgres.log").toFile();
    }

    private static ProcessBuilder.Redirect log(Path data) {
        return ProcessBuilder.Redirect.appendTo(logFile(data));
    }
}
