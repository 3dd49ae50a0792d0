package org.lectern.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one transaction of a service, as PostgreSQL logged them, for replay. Each replay uses other
 * parties, days and ids, so it does equal work without a conflict.
 */
final class Recorded {

    private static final Pattern LINE = Pattern.compile("^\\S+ \\S+ \\S+ \\[(\\d+)] (\\w+):  (.*)$");
    private static final Pattern EXECUTED = Pattern.compile("^(?:execute [^:]*|statement): (.*)$", Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile("\\$\\d+");
    private static final Pattern VARIABLE = Pattern.compile(
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![0-9])20\\d\\d-\\d\\d-\\d\\d(?![0-9])");

    /** Later than any current data; every lecture of a run is later. */
    private static final int LECTURES_FROM_DAYS = 100;

    private final List<Step> steps;

    private Recorded(List<Step> steps) {
        this.steps = steps;
    }

    /** A statement and its bound values: texts with gaps, or null. */
    private record Step(String sql, List<@Nullable List<Part>> values) {}

    /** A piece of a text: a literal, one of the ids, or a day. */
    private sealed interface Part {
        record Fixed(String text) implements Part {}

        record Id(UUID was) implements Part {}

        record Day(LocalDate was) implements Part {}
    }

    /** The values that differ in each replay. */
    record Case(Map<UUID, UUID> parties, long daysLater) {}

    /**
     * Logs all statements in PostgreSQL while {@code work} runs, and returns the transaction that writes to that table.
     *
     * @param jdbcUrl URL of the database; its superuser is called postgres
     * @param known ids that stay the same unless a case replaces them
     */
    static Recorded of(String jdbcUrl, String table, Set<UUID> known, Runnable work)
            throws SQLException, IOException, InterruptedException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            Path log;
            try (ResultSet row = statement.executeQuery("SHOW data_directory")) {
                row.next();
                log = Path.of(row.getString(1)).resolveSibling("postgres.log");
            }
            logging(statement, "all");
            long begin = Files.size(log);
            work.run();
            logging(statement, "none");
            String logged = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .substring((int) Math.min(Integer.MAX_VALUE, begin));
            return new Recorded(transaction(logged, "INSERT INTO " + table, known));
        }
    }

    private static void logging(Statement statement, String what) throws SQLException, InterruptedException {
        statement.execute("ALTER SYSTEM SET log_line_prefix = '%m [%p] '");
        statement.execute("ALTER SYSTEM SET log_statement = '" + what + "'");
        statement.execute("SELECT pg_reload_conf()");
        Thread.sleep(1000); // sessions read the setting between statements
    }

    private record Entry(StringBuilder sql, StringBuilder parameters) {}

    private static List<Step> transaction(String log, String writes, Set<UUID> known) {
        Map<String, List<Entry>> open = new HashMap<>();
        @Nullable StringBuilder last = null;
        List<Entry> found = null;
        for (String line : log.split("\n", -1)) {
            Matcher entry = LINE.matcher(line);
            if (!entry.matches()) {
                if (last != null && line.startsWith("\t")) {
                    last.append('\n').append(line.substring(1));
                }
                continue;
            }
            List<Entry> session = open.computeIfAbsent(entry.group(1), pid -> new ArrayList<>());
            String text = entry.group(3);
            if (entry.group(2).equals("DETAIL") && text.startsWith("Parameters: ") && !session.isEmpty()) {
                last = session.getLast().parameters().append(text.substring("Parameters: ".length()));
                continue;
            }
            last = null;
            Matcher executed = EXECUTED.matcher(text);
            if (!entry.group(2).equals("LOG") || !executed.matches()) {
                continue;
            }
            String sql = executed.group(1);
            if (sql.startsWith("BEGIN")) {
                session.clear();
            } else if (sql.startsWith("COMMIT") || sql.startsWith("ROLLBACK")) {
                if (session.stream()
                        .anyMatch(each -> each.sql()
                                .toString()
                                .toLowerCase(java.util.Locale.ROOT)
                                .contains(writes.toLowerCase(java.util.Locale.ROOT)))) {
                    found = List.copyOf(session);
                }
                session.clear();
            } else {
                Entry made = new Entry(new StringBuilder(sql), new StringBuilder());
                session.add(made);
                last = made.sql();
            }
        }
        if (found == null) {
            throw new IllegalStateException("No transaction with " + writes + " was logged");
        }
        return found.stream()
                .map(entry -> new Step(
                        PLACE.matcher(entry.sql()).replaceAll("?"),
                        parameters(entry.parameters().toString()).stream()
                                .map(value -> value == null ? null : parts(value, known))
                                .collect(Collectors.toCollection(ArrayList::new))))
                .toList();
    }

    /** {@code $1 = 'it''s', $2 = NULL} as values. */
    private static List<@Nullable String> parameters(String text) {
        List<@Nullable String> values = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            at = text.indexOf(" = ", at) + 3;
            if (text.startsWith("NULL", at)) {
                values.add(null);
                at += 4;
            } else {
                var value = new StringBuilder();
                for (at++; text.charAt(at) != '\'' || text.startsWith("''", at); at++) {
                    if (text.charAt(at) == '\'') {
                        at++;
                    }
                    value.append(text.charAt(at));
                }
                at++;
                values.add(value.toString());
            }
            at += 2;
        }
        return values;
    }

    private static List<Part> parts(String text, Set<UUID> known) {
        List<Part> parts = new ArrayList<>();
        Matcher variable = VARIABLE.matcher(text);
        int done = 0;
        LocalDate far = LocalDate.now().plusDays(LECTURES_FROM_DAYS);
        while (variable.find()) {
            String found = variable.group();
            Part part;
            if (found.length() > 10) {
                part = new Part.Id(UUID.fromString(found));
            } else {
                LocalDate day = LocalDate.parse(found);
                part = day.isAfter(far) ? new Part.Day(day) : new Part.Fixed(found);
            }
            if (variable.start() > done) {
                parts.add(new Part.Fixed(text.substring(done, variable.start())));
            }
            parts.add(part);
            done = variable.end();
        }
        if (done < text.length() || parts.isEmpty()) {
            parts.add(new Part.Fixed(text.substring(done)));
        }
        return parts.stream()
                .map(part -> part instanceof Part.Id(UUID was) && known.contains(was)
                        ? new Part.Fixed(was.toString())
                        : part)
                .toList();
    }

    /** The number of statements, without begin and commit. */
    int statements() {
        return steps.size();
    }

    /** A connection with every statement prepared. */
    final class Player implements AutoCloseable {

        private final Connection connection;
        private final List<PreparedStatement> prepared = new ArrayList<>();

        Player(String jdbcUrl, String user, String password) throws SQLException {
            connection = DriverManager.getConnection(jdbcUrl + "?prepareThreshold=1", user, password);
            connection.setAutoCommit(false);
            for (Step step : steps) {
                prepared.add(connection.prepareStatement(step.sql()));
            }
        }

        /** Runs the whole transaction and reads all results. */
        void play(Case now) throws SQLException {
            Map<UUID, UUID> ids = new HashMap<>(now.parties());
            for (int i = 0; i < prepared.size(); i++) {
                PreparedStatement statement = prepared.get(i);
                List<@Nullable List<Part>> values = steps.get(i).values();
                for (int k = 0; k < values.size(); k++) {
                    List<Part> value = values.get(k);
                    if (value == null) {
                        statement.setNull(k + 1, Types.OTHER);
                    } else {
                        statement.setObject(k + 1, text(value, ids, now.daysLater()), Types.OTHER);
                    }
                }
                for (boolean rows = statement.execute(); rows; rows = statement.getMoreResults()) {
                    try (ResultSet found = statement.getResultSet()) {
                        while (found.next()) {
                            // only execution matters; a lock returns rows without columns
                        }
                    }
                }
            }
            connection.commit();
        }

        private static String text(List<Part> parts, Map<UUID, UUID> ids, long daysLater) {
            var text = new StringBuilder();
            for (Part part : parts) {
                switch (part) {
                    case Part.Fixed(String as) -> text.append(as);
                    case Part.Id(UUID was) -> text.append(ids.computeIfAbsent(was, id -> timeOrdered()));
                    case Part.Day(LocalDate was) -> text.append(was.plusDays(daysLater));
                }
            }
            return text.toString();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    /** UUIDs as the service creates them (RFC 9562, version 7), adjacent in an index. */
    private static UUID timeOrdered() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(
                System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(0x1000),
                random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L);
    }
}
