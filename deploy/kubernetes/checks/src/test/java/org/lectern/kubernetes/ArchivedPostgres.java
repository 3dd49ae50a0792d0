package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.lectern.local.FreePort;

/**
 * A PostgreSQL with one database that archives every WAL segment, as CloudNativePG does, and can be restored from a
 * base backup to any later moment. The lost server, its backup and each restored server have their own folders.
 */
final class ArchivedPostgres implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path binaries;
    private final Path folder;
    private final String database;
    private final int port = FreePort.any();
    private int life;
    private Process server;

    /** @param binaries the folder of {@code postgres} and {@code initdb} */
    ArchivedPostgres(Path binaries, String database) throws IOException, InterruptedException, SQLException {
        this.binaries = binaries;
        this.database = database;
        folder = Files.createTempDirectory(
                        Files.createDirectories(Path.of("target/restore").toAbsolutePath()), database)
                .toRealPath();
        Process made = program("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--wal-segsize=1", "-N", "-D")
                .start();
        assertThat(made.waitFor()).as("initdb, see %s", log()).isZero();
        start(Map.of());
        try (Connection connection = connection("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + database + " LOGIN");
            statement.execute("CREATE DATABASE " + database + " OWNER " + database);
        }
    }

    String jdbcUrl() {
        return url(database);
    }

    /** The first column of the first row, read as superuser. */
    String text(String query) throws SQLException {
        return texts(query).getFirst();
    }

    List<String> texts(String query) throws SQLException {
        try (Connection connection = connection(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    /** The number of rows that a statement changed, as superuser. */
    int change(String statement) throws SQLException {
        try (Connection connection = connection(database);
                Statement execution = connection.createStatement()) {
            return execution.executeUpdate(statement);
        }
    }

    /** Takes a base backup: a copy of the running server's files with its backup label. */
    void backUp() throws SQLException, IOException {
        Path backup = backup();
        try (Connection connection = connection("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('night', fast => true)");
            copy(data(), backup);
            try (ResultSet stopped = statement.executeQuery("SELECT labelfile FROM pg_backup_stop()")) {
                stopped.next();
                Files.writeString(backup.resolve("backup_label"), stopped.getString(1));
            }
        }
        Files.delete(backup.resolve("postmaster.pid"));
    }

    /** Waits until the last segment is archived, then removes the server and its files. */
    void lose() throws SQLException, IOException, InterruptedException {
        String last = text("SELECT pg_walfile_name(pg_switch_wal())");
        await(last + " in the archive")
                .atMost(PATIENCE)
                .until(() -> text("SELECT count(*) FROM pg_stat_archiver WHERE last_archived_wal >= '" + last + "'")
                        .equals("1"));
        stop();
        delete(data());
    }

    /** Creates a new cluster from the backup and the archive, in the state of that moment. */
    void restore(String moment) throws IOException, SQLException {
        Path backup = backup();
        Path from = archive();
        life++;
        copy(backup, data());
        Files.createFile(data().resolve("recovery.signal"));
        start(Map.of(
                "restore_command",
                "cp " + from + "/%f %p",
                "recovery_target_time",
                moment,
                "recovery_target_action",
                "promote"));
    }

    private void start(Map<String, String> more) throws IOException {
        Files.createDirectories(archive());
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "listen_addresses", "127.0.0.1",
                "port", Integer.toString(port),
                "unix_socket_directories", "",
                "max_connections", "100",
                "fsync", "off",
                "archive_mode", "on",
                // a separate archive per timeline: a restored server never overwrites an earlier archive
                "archive_command", "cp %p " + archive() + "/%f"));
        settings.putAll(more);
        settings.forEach((name, value) -> append("%s = '%s'%n".formatted(name, value)));
        server = program("postgres", "-D").start();
        await("PostgreSQL, see " + log()).atMost(PATIENCE).ignoreExceptions().until(() -> {
            try (Connection connection = connection("postgres");
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT NOT pg_is_in_recovery()")) {
                return row.next() && row.getBoolean(1);
            }
        });
    }

    private void append(String setting) {
        try {
            Files.writeString(data().resolve("postgresql.conf"), setting, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder program(String name, String... arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U")); // PostgreSQL refuses to run as root
        }
        command.add(binaries.resolve(name).toString());
        command.addAll(List.of(arguments));
        command.add(data().toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    private Path data() {
        return folder.resolve("data-" + life);
    }

    private Path backup() {
        return folder.resolve("backup-" + life);
    }

    private Path archive() {
        return folder.resolve("archive-" + life);
    }

    private Path log() {
        return folder.resolve("postgres.log");
    }

    private String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    private Connection connection(String name) throws SQLException {
        return DriverManager.getConnection(url(name), "postgres", "");
    }

    private void stop() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-QUIT", Long.toString(server.pid())).start().waitFor();
        assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("PostgreSQL ends")
                .isTrue();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (server.isAlive()) {
            stop();
        }
        delete(folder);
    }

    /** Files that the running server deletes during the copy are not needed: the WAL contains their changes. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::exists)::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
