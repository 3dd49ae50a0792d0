package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.local.TestStack;

/**
 * A rollout in the order of the production manifests, with the built services and real engines. The variables are those
 * of the manifests, except addresses and settings that need certificates.
 */
@Tag("proof")
class RollOutIT {

    private static final Manifests PRODUCTION = Manifests.of("production");
    private static final TestStack STACK = TestStack.startAlone();

    @ParameterizedTest
    @ValueSource(strings = {"scheduler", "notification"})
    void theJobMigratesThenTheServiceRunsWithFewerRightsAlsoOnTheNextSchema(String service)
            throws SQLException, InterruptedException {
        String database = makeDatabase(service);
        Map<String, String> variables = variables(PRODUCTION.one("Deployment", service), database, service, service);

        try (var early = StartedService.start(service, variables)) {
            assertThat(early.ended())
                    .as("a service does not start on a schema that is behind")
                    .isNotZero();
            assertThat(early.output()).contains("The database is empty: run the migration Job");
        }

        String owner = service + "_owner";
        Map<String, String> ofJob = variables(PRODUCTION.one("Job", service + "-migration"), database, owner, "secret");
        try (var job = StartedService.start(service, ofJob)) {
            assertThat(job.ended()).as(job.output()).isZero();
        }

        sql(database, owner, "secret", "CREATE SCHEMA behind");
        sql(database, owner, "secret", """
                CREATE TABLE behind.flyway_schema_history AS
                SELECT * FROM public.flyway_schema_history WHERE version IN ('1.0.0.1', '1.0.0.2', '1.0.0.3')""");
        sql(database, owner, "secret", "GRANT USAGE ON SCHEMA behind TO " + service);
        Map<String, String> ofDoctor = new TreeMap<>(variables);
        ofDoctor.put("QUARKUS_DATASOURCE_JDBC_URL", database + "?currentSchema=behind");
        try (var doctor = StartedService.start(service, ofDoctor, "doctor")) {
            doctor.ended();
            assertThat(doctor.output()).contains("FIX  The schema is at version 1.0.0.3, this service needs ");
        }

        // the next release has added something already, or was rolled back
        String table = service.equals("scheduler") ? "branch" : "recipient";
        sql(database, owner, "secret", "ALTER TABLE " + table + " ADD COLUMN of_the_next_release text");
        sql(database, owner, "secret", """
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,
                    installed_by, execution_time, success)
                VALUES (9999, '9999', 'next release', 'SQL', 'V9999__next_release.sql', 1, 'owner', 1, true)""");

        try (var running = StartedService.start(service, variables)) {
            running.untilReady();
            assertThatThrownBy(() -> sql(database, service, service, "ALTER TABLE " + table + " DISABLE TRIGGER ALL"))
                    .hasMessageContaining("owner");
            assertThatThrownBy(() -> sql(database, service, service, "DROP TABLE " + table))
                    .hasMessageContaining("owner");
            if (service.equals("scheduler")) {
                addressesAreThoseOfTheGateway(running);
            }
            Duration grace = Duration.ofSeconds(PRODUCTION
                    .one("Deployment", service)
                    .pod()
                    .path("terminationGracePeriodSeconds")
                    .asInt());
            assertThat(running.stopped()).isLessThan(grace.minusSeconds(10));
        }
    }

    /** TLS ends at the gateway; an address in an answer must still be one that a client can follow. */
    private static void addressesAreThoseOfTheGateway(StartedService scheduler) {
        String host =
                PRODUCTION.one("HTTPRoute", "scheduler").at("/spec/hostnames/0").asText();
        var topic = new Caller(STACK.issuer(), "organizer")
                .postThroughGateway(
                        host,
                        scheduler.url() + "/api/v1/topics",
                        Map.of("code", "FORWARDED", "title", "Forwarded", "durationMinutes", 60))
                .expect(201);
        assertThat(topic.location()).isEqualTo("https://" + host + "/api/v1/topics/" + topic.id());
    }

    /** Creates a database as CloudNativePG does with the manifests. */
    private static String makeDatabase(String service) throws SQLException {
        String admin = url("postgres");
        String name = service + "_rolled_out";
        sql(admin, "postgres", "postgres", "CREATE ROLE " + service + "_owner LOGIN PASSWORD 'secret'");
        sql(admin, "postgres", "postgres", "CREATE DATABASE " + name + " OWNER " + service + "_owner");
        for (var statement :
                PRODUCTION.one("Cluster", service + "-database").at("/spec/bootstrap/initdb/postInitApplicationSQL")) {
            if (!statement.asText().startsWith("CREATE ROLE")) { // it exists already, with its password
                sql(url(name), "postgres", "postgres", statement.asText());
            }
        }
        return url(name);
    }

    /** A database of the services' server. */
    private static String url(String database) {
        return STACK.jdbcUrl("scheduler").replaceFirst("[^/]+$", database);
    }

    private static Map<String, String> variables(Resource workload, String database, String user, String password) {
        Map<String, String> variables = new TreeMap<>(SettingsRules.variables(PRODUCTION, workload));
        variables.keySet().removeIf(name -> name.startsWith("KAFKA_") || name.contains("OTLP"));
        variables.putAll(Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                database,
                "QUARKUS_DATASOURCE_USERNAME",
                user,
                "QUARKUS_DATASOURCE_PASSWORD",
                password,
                "KAFKA_BOOTSTRAP_SERVERS",
                STACK.kafkaBootstrapServers(),
                "LECTERN_TRACING_EXPORT",
                "false",
                "QUARKUS_OIDC_AUTH_SERVER_URL",
                STACK.issuer(),
                "LECTERN_SECRETS_KEYS",
                "one:bm90IGEgc2VjcmV0LCBvbmx5IGZvciBkZXZlbG9wbWU=",
                "QUARKUS_PROFILE", // other profiles refuse the development identity provider
                "local"));
        return variables;
    }

    private static void sql(String url, String user, String password, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement execution = connection.createStatement()) {
            if (execution.execute(statement)) {
                try (ResultSet rows = execution.getResultSet()) {
                    assertThat(rows.next()).isTrue();
                }
            }
        }
    }
}
