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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs plain SQL for set-based work. Inside a transaction it uses that transaction's connection; outside, each
 * statement commits by itself. Parameters are always bound, never spliced. A collection of UUIDs is bound as a UUID
 * array, any other collection as a text array that the statement must cast.
 *
 * <p>It is cheaper than a native Hibernate query. With a result class such as {@code UUID.class}, Hibernate caches
 * every call as a separate query. Each later call is then compared with all of them.
 */
@ApplicationScoped
public class Sql {

    /** Plan types that read a whole table. */
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
     * Runs several statements, separated by semicolons, in one round trip and ignores their results. Each statement
     * sees what was committed before that statement began, not before the first one.
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
     * Like {@link #run}, but the last statement is a query; its first row is returned. It sees the effects of
     * transactions that the earlier statements waited for.
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

    /** Runs several queries over one connection. */
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
     * Until the transaction ends, statements look rows up by key and keep the plan that the connection has cached.
     * PostgreSQL would otherwise replan each call that passes an array of keys. It estimates a one-element array
     * cheaper than the ten elements that the generic plan assumes. For short statements planning took longer than
     * execution. Sequential scans are disabled because a cached plan may have been made while the tables were empty.
     *
     * @param alsoOff further planner settings to disable until the transaction ends
     */
    public void planOnce(String... alsoOff) {
        one(planningOnce(alsoOff), row -> true);
    }

    /**
     * The same for one statement outside a transaction, in one round trip. PostgreSQL treats statements that the driver
     * sends together as one transaction.
     */
    public <T> List<T> listPlannedOnce(String sql, Mapper<T> mapper, @Nullable Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = bound(connection, PLANNED_ONCE + sql, parameters)) {
            statement.execute();
            statement.getMoreResults(); // skips the results of SET
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

    /** Maps the current row of a result set that the caller iterates. */
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
                                            .toArray(String[]::new))); // the driver need not quote it
                case null, default -> statement.setObject(i + 1, value);
            }
        }
        return statement;
    }

    /** Extracts one part of each element, to bind as an array. Several such arrays form a table (UNNEST). */
    public static <T> Collection<?> each(Collection<T> many, Part<T> part) {
        return many.stream().map(part::of).toList();
    }

    /** Extracts a part of a value. */
    @FunctionalInterface
    public interface Part<T> {
        @Nullable
        Object of(T whole);
    }

    /** Maps one row to a value. */
    @FunctionalInterface
    public interface Mapper<T> {
        T map(Row row) throws SQLException;
    }

    /** One row of a result, by column name. Valid only until the mapper returns. */
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

        /** The elements of an array of UUIDs. */
        public Set<UUID> ids(String column) throws SQLException {
            Array array = columns.getArray(column);
            return array == null ? Set.of() : new LinkedHashSet<>(Arrays.asList((UUID[]) array.getArray()));
        }

        /** The elements of a text array. */
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
