package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lectern.local.TestStack;

/**
 * The three steps of a schema change in {@code operations.md}, applied as real migrations under load. In each step, a
 * service of this build is the previous version.
 */
@Tag("proof")
class UpgradeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Enough that the driver has prepared all statements on the server, on several connections. */
    private static final int ROUNDS = 30;

    private static final TestStack STACK = TestStack.startAlone();

    @Test
    void expandAndMigrate_failNoRequest() throws Exception {
        String database = STACK.jdbcUrl("scheduler").replaceFirst("[^/]+$", "scheduler_upgraded");
        sql(STACK.jdbcUrl("scheduler"), "CREATE DATABASE scheduler_upgraded OWNER scheduler");
        try (var service = StartedService.start("scheduler", variables(database))) {
            service.untilReady();
            try (var organizers = new Organizers(service.url(), 3)) {
                organizers.untilTheyHaveWorkedOn();
                migrate(database, "9001");
                organizers.untilTheyHaveWorkedOn();
                migrate(database, "9002");
                organizers.untilTheyHaveWorkedOn();
                assertThat(organizers.failures).isEmpty();

                migrate(database, "9003");
                await("the previous version fails")
                        .atMost(PATIENCE)
                        .until(() ->
                                organizers.failures.stream().anyMatch(failure -> failure.contains("answered 500")));
            }
        }
    }

    /** Runs as the Job does: with the settings of the service, skipping applied migrations. */
    private static void migrate(String database, String target) {
        int applied = Flyway.configure()
                .dataSource(database, "scheduler", "scheduler")
                .initSql(Service.called("scheduler").settings().getProperty("quarkus.flyway.init-sql"))
                .locations(
                        "filesystem:" + Repository.at("scheduler-service/src/main/resources/db/migration"),
                        "filesystem:src/test/resources/upgrade")
                .target(target)
                .load()
                .migrate()
                .migrationsExecuted;
        assertThat(applied).isOne();
    }

    private static Map<String, String> variables(String database) {
        return Map.of(
                "QUARKUS_PROFILE", "local",
                "QUARKUS_DATASOURCE_JDBC_URL", database,
                "QUARKUS_DATASOURCE_USERNAME", "scheduler",
                "QUARKUS_DATASOURCE_PASSWORD", "scheduler",
                "KAFKA_BOOTSTRAP_SERVERS", STACK.kafkaBootstrapServers(),
                "LECTERN_ACKNOWLEDGEMENTS_GROUP", "upgraded", // other tests use the same broker
                "QUARKUS_OIDC_AUTH_SERVER_URL", STACK.issuer());
    }

    private static void sql(String url, String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(url, "postgres", "postgres");
                var execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    /** Organizers who each use their own branch and lecturer, so no booking is refused. */
    private static final class Organizers implements AutoCloseable {

        private final String api;
        private final Caller caller = new Caller(STACK.issuer(), "organizer");
        private final AtomicInteger rounds = new AtomicInteger();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final ExecutorService threads;
        private volatile boolean over;

        Organizers(String service, int number) {
            api = service + "/api/v1";
            threads = Executors.newFixedThreadPool(number);
            for (int i = 0; i < number; i++) {
                String code = "UPGRADED-" + i;
                threads.execute(() -> work(code));
            }
        }

        private void work(String code) {
            try {
                Map<String, Object> branch = Map.of("code", code, "name", "Before", "kind", "village", "locale", "en");
                String branchId = ok(caller.post(api + "/branches", branch)).id();
                String topicId = ok(caller.post(
                                api + "/topics", Map.of("code", code, "title", "Upgrades", "durationMinutes", 60)))
                        .id();
                String lecturerId = ok(caller.post(
                                api + "/lecturers",
                                Map.of("code", code, "name", "Xu", "tier", "county", "topicIds", List.of(topicId))))
                        .id();
                while (!over) {
                    Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(20, ChronoUnit.DAYS);
                    var booked =
                            ok(caller.post(api + "/bookings", Caller.broadcast(lecturerId, topicId, branchId, start)));
                    ok(caller.change(
                            "POST",
                            api + "/bookings/" + booked.id() + "/cancel",
                            booked,
                            Map.of("reason", "The hall is flooded")));
                    ok(caller.get(api + "/bookings?branchId=" + branchId));
                    ok(caller.get(api + "/branches"));
                    String url = api + "/branches/" + branchId;
                    ok(caller.change("PUT", url, ok(caller.get(url)), branch));
                    rounds.incrementAndGet();
                }
            } catch (RuntimeException e) {
                failures.add(e.toString());
            }
        }

        private Caller.Answer ok(Caller.Answer answer) {
            if (answer.status() >= 300) {
                throw new IllegalStateException(
                        answer.request() + " answered " + answer.status() + ": " + answer.body());
            }
            return answer;
        }

        void untilTheyHaveWorkedOn() {
            int enough = rounds.get() + ROUNDS;
            await("work").atMost(PATIENCE).until(() -> rounds.get() >= enough || !failures.isEmpty());
            assertThat(failures).isEmpty();
        }

        @Override
        public void close() {
            over = true;
            threads.close();
        }
    }
}
