package org.lectern.chaos.fault;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Faults of PostgreSQL, including actions of administrators. */
final class DatabaseFaults {

    private static final List<String> DATABASES = List.of("scheduler", "notification");
    private static final String END_SESSIONS = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()";

    private DatabaseFaults() {}

    /** The server stops and restarts. */
    static final class Down implements Fault {

        private final FaultTarget system;
        private final boolean crash;

        /** @param crash true if the server must recover from its log */
        Down(FaultTarget system, boolean crash) {
            this.system = system;
            this.crash = crash;
        }

        @Override
        public String target() {
            return "database";
        }

        @Override
        public void inject() throws InterruptedException {
            if (crash) {
                system.crashDatabase();
            } else {
                system.restartDatabase();
            }
        }

        @Override
        public void recover() {
            system.startDatabase();
        }
    }

    /** An administrator ends every session repeatedly. */
    static final class SessionsEnded implements Fault {

        private static final Duration BETWEEN = Duration.ofMillis(300);

        private final FaultTarget system;
        private final Consumer<String> log;

        SessionsEnded(FaultTarget system, Consumer<String> log) {
            this.system = system;
            this.log = log;
        }

        @Override
        public String target() {
            return "database";
        }

        @Override
        public void inject() {
            DATABASES.forEach(each -> execute(system, each, log, END_SESSIONS));
        }

        @Override
        public void sustain(Duration length) throws InterruptedException {
            for (Duration left = length; left.isPositive(); left = left.minus(BETWEEN)) {
                Thread.sleep(BETWEEN);
                inject();
            }
        }

        @Override
        public void recover() {}
    }

    /** The services are connected to a standby: reads succeed, writes fail. */
    static final class ReadOnly implements Fault {

        private final FaultTarget system;
        private final Consumer<String> log;

        ReadOnly(FaultTarget system, Consumer<String> log) {
            this.system = system;
            this.log = log;
        }

        @Override
        public String target() {
            return "databases";
        }

        @Override
        public void inject() {
            newSessions("SET default_transaction_read_only = on");
        }

        @Override
        public void recover() {
            newSessions("RESET default_transaction_read_only");
        }

        private void newSessions(String setting) {
            for (String database : DATABASES) {
                execute(system, database, log, "ALTER DATABASE " + database + " " + setting);
                execute(system, database, log, END_SESSIONS);
            }
        }
    }

    /** A session keeps a transaction open. */
    static final class OpenTransaction implements Fault {

        private final FaultTarget system;
        private final String target;
        private final List<String> databases;
        private final String statement;
        private final Consumer<String> log;
        private final List<Connection> open = new ArrayList<>();
        private boolean happened;

        /** @param statement the statement that the transaction has executed */
        OpenTransaction(
                FaultTarget system, String target, List<String> databases, String statement, Consumer<String> log) {
            this.system = system;
            this.target = target;
            this.databases = databases;
            this.statement = statement;
            this.log = log;
        }

        /** A session locks a table that every booking reads, and keeps the lock. */
        static OpenTransaction lockOfLecturers(FaultTarget system, Consumer<String> log) {
            return new OpenTransaction(
                    system,
                    "lecturers",
                    List.of("scheduler"),
                    "SET LOCAL lock_timeout = '5s'; LOCK TABLE lecturer",
                    log);
        }

        /** An idle transaction that has an id. */
        static OpenTransaction idle(FaultTarget system, Consumer<String> log) {
            return new OpenTransaction(system, "databases", DATABASES, "SELECT pg_current_xact_id()", log);
        }

        @Override
        public String target() {
            return target;
        }

        @Override
        public void inject() {
            for (String database : databases) {
                try {
                    Connection connection = connect(system, database);
                    open.add(connection);
                    connection.setAutoCommit(false);
                    try (Statement work = connection.createStatement()) {
                        work.execute(statement);
                    }
                } catch (SQLException e) {
                    log.accept("       " + database + ": " + e.getMessage());
                    return;
                }
            }
            happened = true;
        }

        @Override
        public boolean happened() {
            return happened;
        }

        @Override
        public void sustain(Duration length) throws InterruptedException {
            if (happened) {
                Thread.sleep(length);
            }
        }

        @Override
        public void recover() {
            for (Connection connection : open) {
                try {
                    connection.rollback();
                    connection.close();
                } catch (SQLException e) {
                    log.accept("       " + e.getMessage());
                }
            }
            open.clear();
        }
    }

    private static Connection connect(FaultTarget system, String database) throws SQLException {
        return DriverManager.getConnection(
                system.jdbcUrl(database) + "?options=-c%20default_transaction_read_only=off", database, database);
    }

    private static void execute(FaultTarget system, String database, Consumer<String> log, String statement) {
        try (Connection connection = connect(system, database);
                Statement work = connection.createStatement()) {
            work.execute(statement);
        } catch (SQLException e) {
            log.accept("       " + database + ": " + e.getMessage());
        }
    }
}
