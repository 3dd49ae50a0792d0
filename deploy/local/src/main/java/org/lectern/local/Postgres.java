package org.lectern.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** A real PostgreSQL 18 with one database per service, each owned by a role of the same name that is no superuser. */
final class Postgres implements AutoCloseable {

    private static final List<String> DATABASES = List.of("scheduler", "notification");

    private final EmbeddedPostgres server;

    /**
     * @param durable whether a commit survives a power cut ({@code fsync}, {@code synchronous_commit} and
     *     {@code full_page_writes} on); only tests may do without
     */
    Postgres(Path data, int port, boolean durable) {
        String durability = durable ? "on" : "off";
        try {
            server = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data.resolve("postgres"))
                    .setOverrideWorkingDirectory(
                            data.resolve("postgres-binaries").toFile())
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", durability)
                    .setServerConfig("synchronous_commit", durability)
                    .setServerConfig("full_page_writes", durability)
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("shared_buffers", "128MB")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setOutputRedirector(log(data))
                    .setErrorRedirector(log(data))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start, see " + logFile(data), e);
        }
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String database : DATABASES) {
                try (var found =
                        statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
                    if (found.next()) {
                        continue;
                    }
                }
                statement.execute("CREATE ROLE " + database + " LOGIN PASSWORD '" + database + "'");
                statement.execute("CREATE DATABASE " + database + " OWNER " + database);
            }
        } catch (SQLException e) {
            close();
            throw new IllegalStateException("PostgreSQL started, but its databases could not be created", e);
        }
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static File logFile(Path data) {
        return data.resolve("postgres.log").toFile();
    }

    private static ProcessBuilder.Redirect log(Path data) {
        return ProcessBuilder.Redirect.appendTo(logFile(data));
    }
}
