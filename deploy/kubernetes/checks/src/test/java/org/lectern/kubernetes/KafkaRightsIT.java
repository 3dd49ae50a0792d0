package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lectern.local.FreePort;
import org.lectern.local.TestStack;

/**
 * Kafka as the manifests configure it: over TLS, each client presents a certificate and has only the permissions of its
 * KafkaUser. The services get the variables of production, with keys as Strimzi would create them.
 */
@Tag("proof")
class KafkaRightsIT {

    private static final Manifests PRODUCTION = Manifests.of("production");
    private static final TestStack STACK = TestStack.startAlone();
    private static final Map<String, Certificate> CERTIFICATES = new HashMap<>();

    private static StartedBroker broker;
    private static String plain;
    private static String secured;

    @BeforeAll
    static void startBroker() throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/kafka")), "rights");
        for (String name : List.of("broker", "scheduler", "notification")) {
            CERTIFICATES.put(name, Certificate.of(name.equals("broker") ? "lectern-kafka" : "lectern-" + name, folder));
        }
        int port = FreePort.any();
        int controllerPort = FreePort.any();
        int securedPort = FreePort.any();
        plain = "127.0.0.1:" + port;
        secured = "127.0.0.1:" + securedPort;
        Properties more = new Properties();
        more.putAll(Map.of(
                "listeners",
                "PLAINTEXT://" + plain + ",SSL://" + secured + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners",
                "PLAINTEXT://" + plain + ",SSL://" + secured,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,SSL:SSL,CONTROLLER:PLAINTEXT",
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users",
                "User:ANONYMOUS", // for the test, on the other listener
                "ssl.client.auth",
                "required"));
        more.putAll(ssl(
                "broker",
                CERTIFICATES.get("scheduler").chain()
                        + CERTIFICATES.get("notification").chain()));
        broker = StartedBroker.start(folder, port, controllerPort, more);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", plain))) {
            admin.createAcls(PRODUCTION
                            .ofKind("KafkaUser")
                            .flatMap(KafkaRightsIT::rights)
                            .toList())
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void rightsInManifests_areSufficient() throws Exception {
        try (var scheduler = StartedService.start("scheduler", variables("scheduler"));
                var notification = StartedService.start("notification", variables("notification"))) {
            scheduler.untilReady();
            notification.untilReady();
            assertThat(scheduler.metrics()).contains("lectern_certificate_expiry_timestamp_seconds{");
            assertThat(notification.metrics()).contains("lectern_certificate_expiry_timestamp_seconds{");

            Path folder = Files.createDirectories(Path.of("target/kafka-rights"));
            try (var work = JudgedWork.begin(folder, scheduler, notification, STACK, plain, "0.2")) {
                work.foundEveryPromiseKept();
            }

            for (String service : List.of("scheduler", "notification")) {
                try (var doctor = StartedService.start(service, variables(service), "doctor")) {
                    doctor.ended();
                    assertThat(doctor.output().lines().filter(line -> line.contains("Kafka") || line.contains("opic")))
                            .as(doctor.output())
                            .isNotEmpty()
                            .allMatch(line -> line.startsWith("OK") || line.contains("replicas"));
                }
            }
        }
    }

    @Test
    void topicsOfTheOtherService_areForbidden() {
        try (var consumer =
                new KafkaConsumer<>(client("scheduler"), new StringDeserializer(), new StringDeserializer())) {
            var bookings = List.of(new TopicPartition("lectern.bookings", 0));
            consumer.assign(bookings);
            consumer.seekToBeginning(bookings);
            assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(30)))
                    .isInstanceOf(TopicAuthorizationException.class);
        }
        try (var producer =
                new KafkaProducer<>(client("notification"), new StringSerializer(), new StringSerializer())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("lectern.bookings", "forged"))
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    private static Map<String, Object> client(String service) {
        Map<String, Object> settings = new HashMap<>();
        ssl(service, CERTIFICATES.get("broker").chain()).forEach((key, value) -> settings.put((String) key, value));
        settings.put("bootstrap.servers", secured);
        settings.put("security.protocol", "SSL");
        return settings;
    }

    private static Properties ssl(String who, String trusted) {
        Properties settings = new Properties();
        settings.put("ssl.keystore.type", "PEM");
        settings.put("ssl.keystore.key", CERTIFICATES.get(who).key());
        settings.put("ssl.keystore.certificate.chain", CERTIFICATES.get(who).chain());
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.certificates", trusted);
        return settings;
    }

    /** The Secret that Strimzi's user operator creates for a KafkaUser. */
    private static Stream<AclBinding> rights(Resource user) {
        return Resource.each(user.at("/spec/authorization/acls")).flatMap(right -> {
            JsonNode resource = right.path("resource");
            var pattern = new ResourcePattern(
                    ResourceType.fromString(resource.path("type").asText()),
                    resource.path("name").asText(),
                    PatternType.fromString(resource.path("patternType").asText().toUpperCase(Locale.ROOT)));
            return Resource.each(right.path("operations"))
                    .map(operation -> new AclBinding(
                            pattern,
                            new AccessControlEntry(
                                    "User:CN=" + user.name(),
                                    "*",
                                    operation(operation.asText()),
                                    AclPermissionType.ALLOW)));
        });
    }

    private static AclOperation operation(String name) {
        return Arrays.stream(AclOperation.values())
                .filter(each -> each.name().replace("_", "").equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> variables(String service) {
        Map<String, String> variables = StartedService.variables(PRODUCTION, service, STACK);
        assertThat(variables)
                .containsEntry("KAFKA_SECURITY_PROTOCOL", "SSL")
                .containsKeys(
                        "KAFKA_SSL_KEYSTORE_KEY",
                        "KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN",
                        "KAFKA_SSL_TRUSTSTORE_CERTIFICATES");
        variables.putAll(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                secured,
                "KAFKA_SSL_KEYSTORE_KEY",
                CERTIFICATES.get(service).key(),
                "KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN",
                CERTIFICATES.get(service).chain(),
                "KAFKA_SSL_TRUSTSTORE_CERTIFICATES",
                CERTIFICATES.get("broker").chain()));
        return variables;
    }
}
