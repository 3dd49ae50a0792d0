package org.lectern.chassis.startup;

import static org.lectern.chassis.startup.Finding.fix;
import static org.lectern.chassis.startup.Finding.ok;
import static org.lectern.chassis.startup.Finding.warn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Checks every dependency of this service over the service's own connections, and reports what to fix. It starts
 * nothing and changes nothing, so it can run beside a running service or when the service does not start.
 */
public final class Doctor {

    private static final int SECONDS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(SECONDS);

    /**
     * Maximum clock difference: half of what identity providers usually accept. Beyond it, tokens and signatures are
     * refused.
     */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final Config config;
    private final Clock clock;
    private final Needs needs;

    public Doctor(Config config, Clock clock, Needs needs) {
        this.config = config;
        this.clock = clock;
        this.needs = needs;
    }

    /** Prints the results; returns 0 when nothing needs fixing, otherwise 1. */
    public int examine(PrintStream out) {
        List<Finding> findings = findings();
        findings.forEach(out::println);
        long failed = findings.stream().filter(Finding::isFailed).count();
        out.println(failed == 0 ? "All checks passed." : "Checks to fix: " + failed);
        return failed == 0 ? 0 : 1;
    }

    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        settings(findings);
        database(findings);
        kafka(findings);
        identity(findings);
        needs.further().forEach(check -> findings.addAll(check.look(config)));
        return findings;
    }

    private void settings(List<Finding> findings) {
        List<String> missing = needs.settings().stream()
                .filter(name -> setting(name).isBlank())
                .toList();
        missing.forEach(name -> findings.add(fix(variable(name) + " is not set", "set it, see README.md")));
        if (missing.isEmpty()) {
            findings.add(ok("All required settings are set"));
        }
        if (isProduction()) {
            ProductionRules.violations(config, Map.of(), needs.productionRules())
                    .forEach(reason -> findings.add(fix("The production start is refused", reason)));
        }
    }

    private void database(List<Finding> findings) {
        String url = setting("quarkus.datasource.jdbc.url");
        if (url.isBlank()) {
            return;
        }
        Properties properties = new Properties();
        properties.setProperty("user", setting("quarkus.datasource.username"));
        properties.setProperty("password", setting("quarkus.datasource.password"));
        for (String timeout : List.of("connectTimeout", "socketTimeout", "loginTimeout")) {
            properties.setProperty(timeout, Integer.toString(SECONDS));
        }
        try (Connection connection = new org.postgresql.Driver().connect(url, properties)) {
            if (connection == null) {
                findings.add(fix(
                        "QUARKUS_DATASOURCE_JDBC_URL is not a PostgreSQL address", "begin it with jdbc:postgresql://"));
                return;
            }
            version(connection, findings);
            durability(connection, findings);
            clock(
                    "PostgreSQL",
                    Instant.ofEpochMilli(number(connection, "SELECT extract(epoch FROM clock_timestamp()) * 1000")),
                    findings);
            schema(connection, findings);
        } catch (SQLException e) {
            findings.add(fix(
                    "The connection to PostgreSQL failed: " + e.getMessage(),
                    "check address, user, password, network policy, and that the server runs"));
        }
    }

    private static void version(Connection connection, List<Finding> findings) throws SQLException {
        String version = text(connection, "SHOW server_version");
        findings.add(
                number(connection, "SELECT current_setting('server_version_num')::int") < 180_000
                        ? fix("PostgreSQL is " + version, "upgrade to PostgreSQL 18, which has uuidv7()")
                        : ok("PostgreSQL " + version + " answers"));
    }

    private void durability(Connection connection, List<Finding> findings) throws SQLException {
        for (String name : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            if (text(connection, "SHOW " + name).equals("off")) {
                String what = "PostgreSQL runs with " + name + " = off";
                String danger = "acknowledged changes could be lost";
                findings.add(isProduction() ? fix(what, "turn it on: " + danger) : warn(what + ": " + danger));
            }
        }
    }

    private void schema(Connection connection, List<Finding> findings) throws SQLException {
        Schema schema = Schema.of(connection);
        findings.add(schema.objection(
                        config.getValue(Schema.NEEDED, String.class), config.getValues(Schema.REPEATABLE, String.class))
                .map(objection -> fix(objection.what(), objection.remedy()))
                .orElseGet(() -> ok("The schema is at version " + schema.version())));
        if (number(
                        connection,
                        "SELECT count(*) FROM pg_tables WHERE tablename = 'outbox' AND tableowner = current_user")
                > 0) {
            findings.add(warn("The service owns its tables; a role that only reads and writes rows is safer"));
        }
    }

    private void kafka(List<Finding> findings) {
        try (Admin admin = Admin.create(clientSettings())) {
            int brokers = admin.describeCluster()
                    .nodes()
                    .get(SECONDS, TimeUnit.SECONDS)
                    .size();
            findings.add(ok("Kafka answers; brokers: " + brokers));
            for (Map.Entry<String, AclOperation> topic : new TreeMap<>(needs.topics()).entrySet()) {
                topic(admin, topic.getKey(), topic.getValue(), brokers, findings);
            }
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            findings.add(fix(
                    "Kafka does not answer at " + setting("kafka.bootstrap.servers") + ": " + cause(e),
                    "check KAFKA_BOOTSTRAP_SERVERS, KAFKA_SECURITY_PROTOCOL, certificates and the network policy"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void topic(Admin admin, String topic, AclOperation needed, int brokers, List<Finding> findings)
            throws InterruptedException {
        try {
            TopicDescription description = Objects.requireNonNull(
                    admin.describeTopics(Set.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                            .allTopicNames()
                            .get(SECONDS, TimeUnit.SECONDS)
                            .get(topic));
            Set<AclOperation> allowed = description.authorizedOperations();
            if (allowed != null
                    && !allowed.isEmpty()
                    && !allowed.contains(needed)
                    && !allowed.contains(AclOperation.ALL)) {
                findings.add(fix(
                        "This user has no right to " + needed + " " + topic,
                        "grant the right, see deploy/kubernetes/components/strimzi/users.yaml"));
                return;
            }
            var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            var settings = Objects.requireNonNull(admin.describeConfigs(Set.of(resource))
                    .all()
                    .get(SECONDS, TimeUnit.SECONDS)
                    .get(resource));
            int copies = description.partitions().getFirst().replicas().size();
            String insync = settings.get("min.insync.replicas").value();
            findings.add(ok(topic + ": partitions " + description.partitions().size() + ", replicas " + copies
                    + ", min.insync.replicas " + insync));
            if (brokers > 1 && (copies < 3 || insync.equals("1"))) {
                findings.add(warn(
                        topic + " could lose events with one broker; use three replicas and min.insync.replicas=2"));
            }
        } catch (ExecutionException | TimeoutException e) {
            findings.add(
                    fix(
                            topic + ": " + cause(e),
                            "create it (deploy/kubernetes/components/strimzi/topics.yaml), or grant this user the right to describe it"));
        }
    }

    private void identity(List<Finding> findings) {
        String issuer = setting("quarkus.oidc.auth-server-url");
        if (issuer.isBlank()) {
            return;
        }
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(base + "/.well-known/openid-configuration"))
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            JsonNode provider = new ObjectMapper().readTree(answer.body());
            findings.add(
                    answer.statusCode() != 200 || !provider.hasNonNull("jwks_uri")
                            ? fix(
                                    "The identity provider answers " + answer.statusCode(),
                                    "set QUARKUS_OIDC_AUTH_SERVER_URL to its issuer")
                            : ok("The identity provider answers"));
            String named = provider.path("issuer").asText();
            if (!named.isEmpty() && !named.equals(issuer) && !named.equals(base)) {
                findings.add(fix(
                        "The identity provider names its issuer " + named,
                        "set QUARKUS_OIDC_AUTH_SERVER_URL to this issuer, otherwise its tokens are refused"));
            }
            answer.headers()
                    .firstValue("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .ifPresent(theirs -> clock("the identity provider", theirs, findings));
        } catch (IOException | IllegalArgumentException e) {
            findings.add(fix(
                    "The identity provider does not answer: " + e,
                    "check QUARKUS_OIDC_AUTH_SERVER_URL, its certificate and the network policy"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void clock(String other, Instant theirs, List<Finding> findings) {
        Duration apart = Duration.between(theirs, clock.instant()).abs();
        findings.add(
                apart.compareTo(SKEW) > 0
                        ? fix(
                                "The clocks of this service and " + other + " differ by " + apart.toSeconds() + " s",
                                "synchronise both with NTP")
                        : ok("The clocks of this service and " + other + " agree"));
    }

    /** Every setting {@code kafka.*}, as {@code quarkus-kafka-client} collects them. */
    private Map<String, Object> clientSettings() {
        Map<String, Object> settings = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            String key = name.toLowerCase(Locale.ROOT).replace('_', '.');
            if (key.startsWith("kafka.")) {
                settings.put(key.substring("kafka.".length()), setting(name));
            }
        }
        settings.put("request.timeout.ms", (int) PATIENCE.toMillis() - 1000);
        settings.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        return settings;
    }

    private boolean isProduction() {
        return config.getOptionalValue("lectern.production-guard.enabled", Boolean.class)
                .orElse(true);
    }

    private String setting(String name) {
        return config.getOptionalValue(name, String.class).orElse("");
    }

    private static String variable(String name) {
        return name.replaceAll("[^a-z]", "_").toUpperCase(Locale.ROOT);
    }

    private static String cause(Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ", " + cause.getMessage());
    }

    private static long number(Connection connection, String query) throws SQLException {
        return Long.parseLong(text(connection, query).replaceAll("\\..*", ""));
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            @Nullable String text = row.next() ? row.getString(1) : null;
            return text == null ? "" : text;
        }
    }
}
