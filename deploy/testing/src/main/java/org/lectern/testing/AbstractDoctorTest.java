package org.lectern.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.startup.Doctor;
import org.lectern.chassis.startup.Finding;
import org.lectern.chassis.startup.Needs;

/** The doctor reports nothing for a healthy configuration, and each problem with its solution. */
public abstract class AbstractDoctorTest {

    private final Needs needs;
    private final String topic;
    private final String trigger;

    /**
     * @param topic one that the doctor looks at
     * @param trigger the first of the repeatable migrations with names that begin with "triggers"
     */
    protected AbstractDoctorTest(Needs needs, String topic, String trigger) {
        this.needs = needs;
        this.topic = topic;
        this.trigger = trigger;
    }

    @Inject
    protected Config running;

    @Inject
    protected DataSource database;

    /** Healthy settings that only this service has. */
    protected Map<String, String> ownSettings() {
        return Map.of();
    }

    private Doctor doctor(Map<String, String> ills) {
        Map<String, String> settings = new HashMap<>();
        for (String name : List.of(
                "quarkus.datasource.jdbc.url",
                "quarkus.datasource.username",
                "quarkus.datasource.password",
                "kafka.bootstrap.servers",
                "quarkus.oidc.auth-server-url")) {
            settings.put(name, running.getOptionalValue(name, String.class).orElse("x"));
        }
        settings.put("lectern.schema.needed", running.getValue("lectern.schema.needed", String.class));
        settings.put("lectern.schema.repeatable", running.getValue("lectern.schema.repeatable", String.class));
        settings.put("lectern.production-guard.enabled", "false");
        settings.putAll(ownSettings());
        settings.putAll(ills);
        return new Doctor(
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withSources(new PropertiesConfigSource(settings, "what is given", 100))
                        .build(),
                Clock.systemUTC(),
                needs);
    }

    protected final List<Finding> ills(Map<String, String> ills) {
        return doctor(ills).findings().stream().filter(Finding::isFailed).toList();
    }

    @Test
    void healthySystem_hasNoFindings() {
        var out = new ByteArrayOutputStream();
        int code = doctor(Map.of()).examine(new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("PostgreSQL 18", topic + ": partitions", "The identity provider answers")
                .endsWith("All checks passed." + System.lineSeparator());
        assertThat(code).isZero();
    }

    @Test
    void unknownDatabaseUser_isNamed() {
        assertThat(ills(Map.of("quarkus.datasource.username", "nobody")))
                .singleElement()
                .satisfies(
                        ill -> assertThat(ill.toString()).contains("The connection to PostgreSQL failed", "password"));
    }

    @Test
    void missingSchema_isNamed() {
        String url = running.getValue("quarkus.datasource.jdbc.url", String.class);
        Map<String, String> empty = Map.of(
                "quarkus.datasource.jdbc.url", url.replaceAll("/[a-z_0-9]+$", "/postgres"),
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", "postgres");
        assertThat(ills(empty))
                .extracting(Finding::remedy)
                .anySatisfy(remedy -> assertThat(remedy).contains("migration Job"));
    }

    /** An unknown newer migration is not a problem: the previous version may run on the next version's schema. */
    @Test
    void outdatedSchema_isNamed() throws SQLException {
        String url = running.getValue("quarkus.datasource.jdbc.url", String.class);
        Map<String, String> behind = Map.of("quarkus.datasource.jdbc.url", url + "?currentSchema=behind");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA behind");
            statement.execute(
                    "CREATE TABLE behind.flyway_schema_history AS SELECT * FROM public.flyway_schema_history");
            statement.execute(
                    "INSERT INTO behind.flyway_schema_history SELECT 9999, '9999', 'next', 'SQL', 'V9999__next.sql',"
                            + " 1, 'owner', now(), 1, true");
            assertThat(ills(behind)).isEmpty();

            statement.execute("UPDATE behind.flyway_schema_history SET checksum = checksum + 1 WHERE script LIKE"
                    + " '%R\\_\\_triggers%'");
            assertThat(ills(behind)).singleElement().satisfies(ill -> {
                assertThat(ill.what()).startsWith("The schema lacks the current definition of " + trigger + ", ");
                assertThat(ill.remedy()).contains("migration Job");
            });

            statement.execute("DELETE FROM behind.flyway_schema_history WHERE version NOT LIKE '1.0.0._'"
                    + " OR version > '1.0.0.3'");
            assertThat(ills(behind)).singleElement().satisfies(ill -> {
                assertThat(ill.what()).startsWith("The schema is at version 1.0.0.3, this service needs ");
                assertThat(ill.remedy()).contains("migration Job");
            });

            statement.execute("UPDATE behind.flyway_schema_history SET version = '1', script = 'V1__registries.sql'"
                    + " WHERE version = '1.0.0.1'");
            assertThat(ills(behind))
                    .singleElement()
                    .satisfies(ill -> assertThat(ill.what()).isEqualTo("The schema is from before the first release"));
        } finally {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP SCHEMA IF EXISTS behind CASCADE");
            }
        }
    }

    @Test
    void unreachableKafka_isNamed() {
        assertThat(ills(Map.of("kafka.bootstrap.servers", "127.0.0.1:1")))
                .singleElement()
                .satisfies(ill -> assertThat(ill.toString()).contains("Kafka does not answer at 127.0.0.1:1"));
    }

    @Test
    void otherIssuer_isNamed() {
        String issuer = running.getValue("quarkus.oidc.auth-server-url", String.class);
        assertThat(ills(Map.of("quarkus.oidc.auth-server-url", issuer.replace("localhost", "127.0.0.1"))))
                .extracting(Finding::remedy)
                .allSatisfy(remedy -> assertThat(remedy).contains("QUARKUS_OIDC_AUTH_SERVER_URL"));
        assertThat(ills(Map.of("quarkus.oidc.auth-server-url", "http://127.0.0.1:1/realms/none")))
                .singleElement()
                .satisfies(ill -> assertThat(ill.what()).contains("does not answer"));
    }

    @Test
    void differingClocks_areNamed() {
        List<Finding> findings = new ArrayList<>();
        doctor(Map.of()).clock("PostgreSQL", Instant.now().minus(Duration.ofMinutes(2)), findings);
        doctor(Map.of()).clock("PostgreSQL", Instant.now(), findings);
        assertThat(findings).extracting(Finding::isFailed).containsExactly(true, false);
    }

    @Test
    void missingSetting_isNamed() {
        assertThat(ills(Map.of("quarkus.oidc.auth-server-url", " ")))
                .extracting(Finding::what)
                .containsExactly("QUARKUS_OIDC_AUTH_SERVER_URL is not set");
    }

    @Test
    void refusalsOfAProductionStart_areNamed() {
        assertThat(ills(Map.of("lectern.production-guard.enabled", "true")))
                .extracting(Finding::what)
                .contains("The production start is refused");
    }
}
