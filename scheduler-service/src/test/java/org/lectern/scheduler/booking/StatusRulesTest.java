package org.lectern.scheduler.booking;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** Each rule about a booking's status is one SQL function, and it agrees with Java. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class StatusRulesTest {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    /** The definitions of the functions, and the check of all statuses. */
    private static final Set<Path> DEFINITIONS =
            Set.of(MIGRATIONS.resolve("V1.0.0.4__bookings.sql"), MIGRATIONS.resolve("R__bookings.sql"));

    private static final String STATUS = "'(?:HELD|CONFIRMED|CANCELLED|COMPLETED|RELEASED|EXPIRED)'";
    private static final Pattern WRITTEN_OUT = Pattern.compile(
            // a list of statuses, an alternative of two, or a comparison of the end of a hold with a clock
            "\\(\\s*" + STATUS + "\\s*,\\s*" + STATUS + "|" + STATUS
                    + "\\s+(?:OR|AND)\\s+\\(?[\\w.]*status\\s*(?:=|<>)\\s*" + STATUS + "|hold_expires_at\\s*[<>]",
            Pattern.CASE_INSENSITIVE);

    @Inject
    City city;

    @Inject
    DataSource database;

    private Set<BookingStatus> statuses(String function) {
        return Arrays.stream(BookingStatus.values())
                .filter(status -> city.count("SELECT count(*) FILTER (WHERE " + function + "(?))", status.name()) == 1)
                .collect(toCollection(() -> EnumSet.noneOf(BookingStatus.class)));
    }

    @Test
    void functions_answerForEachStatus() {
        assertThat(statuses("is_active")).containsExactly(BookingStatus.HELD, BookingStatus.CONFIRMED);
        assertThat(statuses("occupies"))
                .containsExactly(BookingStatus.HELD, BookingStatus.CONFIRMED, BookingStatus.COMPLETED);
        assertThat(statuses("is_announced"))
                .containsExactly(BookingStatus.CONFIRMED, BookingStatus.CANCELLED, BookingStatus.COMPLETED);
    }

    @Test
    void onlyExpiredHold_isOverdue() {
        String overdue = "SELECT count(*) FILTER (WHERE is_overdue(?, statement_timestamp() + cast(? AS interval)))";
        assertThat(city.count(overdue, "HELD", "0 seconds")).isOne();
        assertThat(city.count(overdue, "HELD", "-1 day")).isOne();
        assertThat(city.count(overdue, "HELD", "1 second")).isZero();
        assertThat(city.count(overdue, "EXPIRED", "-1 day")).isZero();
        assertThat(city.count("SELECT count(*) FILTER (WHERE NOT is_overdue('CONFIRMED', NULL))"))
                .isOne();
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = database.getConnection();
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** A function that is not inlined hides its condition from the planner, so no partial index applies. */
    @Test
    void planner_inlinesRulesAndUsesPartialIndexes() throws SQLException {
        assertThat(texts("EXPLAIN SELECT id FROM booking WHERE is_overdue(status, hold_expires_at)"))
                .noneMatch(line -> line.contains("is_overdue"));
        assertThat(texts("SELECT pg_get_expr(indpred, indrelid) FROM pg_index"
                        + " WHERE indexrelid = cast('booking_active_by_lecturer' AS regclass)"))
                .containsExactly("occupies(status)");
        assertThat(texts("EXPLAIN SELECT id FROM booking WHERE lecturer_id = gen_random_uuid() AND occupies(status)"))
                .noneMatch(line -> line.contains("occupies"));
    }

    @Test
    void rules_areWrittenOutOnlyInTheirFunctions() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.walk(Path.of("src/main/java")), Files.walk(MIGRATIONS))) {
            List<String> elsewhere = files.filter(Files::isRegularFile)
                    .filter(file -> !DEFINITIONS.contains(file))
                    .flatMap(
                            file -> WRITTEN_OUT.matcher(read(file)).results().map(found -> file + ": " + found.group()))
                    .toList();
            assertThat(elsewhere).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b.status IN ('HELD', 'CONFIRMED', 'COMPLETED')",
                "status NOT IN ( 'HELD','EXPIRED')",
                "status IN ('CONFIRMED', 'COMPLETED')",
                "ACTIVE = \"('HELD', 'CONFIRMED')\"",
                "(status = 'CONFIRMED' OR status = 'HELD' AND true)",
                "b.hold_expires_at <= now()",
                "hold_expires_at > clock_timestamp()"
            })
    void ruleWrittenOut_isFound(String sql) {
        assertThat(sql).containsPattern(WRITTEN_OUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "occupies(b.status) AND NOT is_overdue(b.status, b.hold_expires_at)",
                "WHERE created_by = ? AND status = 'HELD'",
                "count(*) FILTER (WHERE status = 'COMPLETED')",
                "row.get(\"hold_expires_at\")"
            })
    void otherSql_isAllowed(String sql) {
        assertThat(sql).doesNotContainPattern(WRITTEN_OUT);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
