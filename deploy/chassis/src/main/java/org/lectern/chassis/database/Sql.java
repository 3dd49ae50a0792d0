package org.lectern.chassis.database;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plain SQL for what is set-based. Within a transaction it runs on that transaction's connection; outside of one each
 * statement is its own. Parameters are bound, never spliced; a collection of UUIDs becomes an array of them, any other an
 * array of texts, which the statement casts to what it needs.
 *
 * <p>It is also cheaper than a native query of Hibernate. With a result class such as {@code UUID.class} one of those is
 * even dear: each call becomes an entry of its own in the cache of queries, and every later call compares itself with all
 * of them.
 */
@ApplicationScoped
public class Sql {

    /** Ways to rows that read a whole table. */
    private static final List<String> NOT_BY_KEYS = List.of("enable_seqscan", "enable_hashjoin", "enable_mergejoin");

    private static final String PLANNED_ONCE = planningOnce() + "; ";

    private final AgroalDataSource database;

    @Inject
    Sql(AgroalDataSource database) {
        this.database = database;
    }

    public <T> List<T> list(String sql, Mapper<T> mapper, @Nullable Object... parameters) {
        return reading(reader -> reader.list(sql, mapper, parameters));
    }

    public <T> Optional<T> one(String sql, Mapper<T> mapper, @Nullable Object... parameters) {
        return list(sql, mapper, parameters).stream().findFirst();
    }

    public int update(String sql, @Nullable Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = bound(connection, sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /**
     * Carries out statements that are separated by semicolons, one after the other and in one round trip, for their effect
     * alone: each sees what was committed before it began, not before the first.
     */
    public void run(String statements, @Nullable Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = bound(connection, statements, parameters)) {
            statement.execute();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /**
     * The same, and at last a query, whose first row is the answer. It sees what those before it waited for.
     */
    public <T> Optional<T> runAndRead(String statements, Mapper<T> mapper, @Nullable Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = bound(connection, statements, parameters)) {
            ResultSet last = null;
            boolean rows = statement.execute();
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    last = statement.getResultSet(); // closed with the statement
                }
                rows = statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
            }
            return last != null && last.next() ? Optional.of(mapper.map(new Row(last))) : Optional.empty();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Several queries over one connection. */
    public <T> T reading(Function<Reader, T> work) {
        try (Connection connection = database.getConnection()) {
            return work.apply(new Reader(connection));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Reads over one connection. */
    public static final class Reader {

        private final Connection connection;

        private Reader(Connection connection) {
            this.connection = connection;
        }

        public <T> List<T> list(String sql, Mapper<T> mapper, @Nullable Object... parameters) {
            try (PreparedStatement statement = bound(connection, sql, parameters);
                    ResultSet rows = statement.executeQuery()) {
                return all(rows, mapper);
            } catch (SQLException e) {
                throw new SqlFailure(e);
            }
        }
    }

    /**
     * From here to the end of the transaction statements find their rows by keys, with the plan the connection already
     * has. Left to itself PostgreSQL makes a plan anew at every call of a statement that names its rows by an array,
     * because for one element it reckons that to be cheaper than the plan for the ten it assumes; for what takes in and
     * delivers, planning took longer than carrying out. A plan that is kept must not be one for empty tables either,
     * which reads them from end to end.
     *
     * @param alsoOff further settings of the planner that are off until then
     */
    public void planOnce(String... alsoOff) {
        one(planningOnce(alsoOff), row -> true);
    }

    /**
     * The same for one statement outside of a transaction, in one trip: what the driver sends together is one transaction to
     * PostgreSQL.
     */
    public <T> List<T> listPlannedOnce(String sql, Mapper<T> mapper, @Nullable Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = bound(connection, PLANNED_ONCE + sql, parameters)) {
            statement.execute();
            statement.getMoreResults(); // past the settings
            try (ResultSet rows = statement.getResultSet()) {
                return all(rows, mapper);
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static String planningOnce(String... alsoOff) {
        String off = Stream.concat(NOT_BY_KEYS.stream(), Arrays.stream(alsoOff))
                .map(setting -> ", set_config('" + setting + "', 'off', true)")
                .collect(Collectors.joining());
        return "SELECT set_config('plan_cache_mode', 'force_generic_plan', true)" + off;
    }

    private static <T> List<T> all(ResultSet rows, Mapper<T> mapper) throws SQLException {
        List<T> found = new ArrayList<>();
        Row row = new Row(rows);
        while (rows.next()) {
            found.add(mapper.map(row));
        }
        return found;
    }

    /** Reads the present row of a result that is walked through elsewhere. */
    public static <T> T read(ResultSet rows, Mapper<T> mapper) throws SQLException {
        return mapper.map(new Row(rows));
    }

    private static PreparedStatement bound(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            switch (value) {
                case Instant time -> statement.setObject(i + 1, time.atOffset(ZoneOffset.UTC));
                case Collection<?> many
                when !many.isEmpty() && many.iterator().next() instanceof UUID ->
                    statement.setArray(i + 1, connection.createArrayOf("uuid", many.toArray()));
                case Collection<?> many ->
                    statement.setArray(
                            i + 1,
                            connection.createArrayOf(
                                    "text",
                                    many.stream()
                                            .map(each -> each == null ? null : each.toString())
                                            .toArray(String[]::new))); // which the driver need not quote
                case null, default -> statement.setObject(i + 1, value);
            }
        }
        return statement;
    }

    /** One part of each of them, to be bound as an array: with others of the same it makes a table (UNNEST). */
    public static <T> Collection<?> each(Collection<T> many, Part<T> part) {
        return many.stream().map(part::of).toList();
    }

    /** A part of something. */
    @FunctionalInterface
    public interface Part<T> {
        @Nullable
        Object of(T whole);
    }

    /** Makes something of one row. */
    @FunctionalInterface
    public interface Mapper<T> {
        T map(Row row) throws SQLException;
    }

    /** One row of a result, by column name; it is another one after the mapper has returned. */
    public static final class Row {

        private final ResultSet columns;

        private Row(ResultSet columns) {
            this.columns = columns;
        }

        public UUID id(String column) throws SQLException {
            return columns.getObject(column, UUID.class);
        }

        public @Nullable UUID idOrNull(String column) throws SQLException {
            return columns.getObject(column, UUID.class);
        }

        public String text(String column) throws SQLException {
            return columns.getString(column);
        }

        public @Nullable String textOrNull(String column) throws SQLException {
            return columns.getString(column);
        }

        public int number(String column) throws SQLException {
            return columns.getInt(column);
        }

        public @Nullable Integer numberOrNull(String column) throws SQLException {
            int number = columns.getInt(column);
            return columns.wasNull() ? null : number;
        }

        public long bigNumber(String column) throws SQLException {
            return columns.getLong(column);
        }

        public double decimal(String column) throws SQLException {
            return columns.getDouble(column);
        }

        public @Nullable Double decimalOrNull(String column) throws SQLException {
            double number = columns.getDouble(column);
            return columns.wasNull() ? null : number;
        }

        public boolean flag(String column) throws SQLException {
            return columns.getBoolean(column);
        }

        public LocalDate date(String column) throws SQLException {
            return columns.getObject(column, LocalDate.class);
        }

        public @Nullable LocalDate dateOrNull(String column) throws SQLException {
            return columns.getObject(column, LocalDate.class);
        }

        public Instant time(String column) throws SQLException {
            return columns.getObject(column, OffsetDateTime.class).toInstant();
        }

        public @Nullable Instant timeOrNull(String column) throws SQLException {
            OffsetDateTime time = columns.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }

        public byte[] bytes(String column) throws SQLException {
            return columns.getBytes(column);
        }

        public byte @Nullable [] bytesOrNull(String column) throws SQLException {
            return columns.getBytes(column);
        }

        /** The elements of an array of texts. */
        public List<String> texts(String column) throws SQLException {
            Array array = columns.getArray(column);
            return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
        }
    }

    /** The database refused a statement or did not answer; {@link Transactions#sqlState} says which. */
    static final class SqlFailure extends RuntimeException {
        SqlFailure(SQLException cause) {
            super(cause);
        }
    }
}
