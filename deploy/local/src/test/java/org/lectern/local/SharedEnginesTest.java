package org.lectern.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class SharedEnginesTest {

    /** A strong reference keeps the log level: Kafka's clients would print their whole configuration. */
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    static {
        KAFKA.setLevel(Level.WARNING);
    }

    @TempDir
    Path folder;

    /** The part of a test JVM that the engines see. */
    private record Tenant(Socket lease, Map<String, String> addresses) implements AutoCloseable {

        static Tenant of(Path state) throws IOException {
            Properties engines = new Properties();
            try (var file = Files.newBufferedReader(state)) {
                engines.load(file);
            }
            var lease = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(engines.getProperty("control")));
            lease.getOutputStream().write("1\n".getBytes(StandardCharsets.US_ASCII));
            var lines = new BufferedReader(new InputStreamReader(lease.getInputStream(), StandardCharsets.US_ASCII));
            Map<String, String> addresses = new HashMap<>();
            for (String line = lines.readLine(); !"READY".equals(line); line = lines.readLine()) {
                addresses.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
            return new Tenant(lease, addresses);
        }

        void sql(String statement) throws SQLException {
            try (var connection =
                            DriverManager.getConnection(addresses.get("postgres.scheduler"), "scheduler", "scheduler");
                    var execution = connection.createStatement()) {
                execution.execute(statement);
            }
        }

        void publish() throws Exception {
            Map<String, Object> settings = Map.of("bootstrap.servers", addresses.get("kafka"));
            try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("lectern.bookings", 0, "key", "value"))
                        .get();
            }
        }

        long published() throws Exception {
            var partition = new TopicPartition("lectern.bookings", 0);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", addresses.get("kafka")))) {
                return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition)
                        .get()
                        .offset();
            }
        }

        @Override
        public void close() throws IOException {
            lease.close();
        }
    }

    @Test
    void tenantsShareEnginesButNoData() throws Exception {
        Path state = folder.resolve("engines.properties");
        Path data = Files.createDirectory(folder.resolve("data"));
        Process engines = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SharedEngines.class.getName(),
                        data.toString(),
                        state.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("engines.out").toFile())
                .start();
        try {
            while (!Files.exists(state)) {
                assertFalse(engines.waitFor(50, TimeUnit.MILLISECONDS), () -> "The engines ended while they started");
            }
            String database;
            try (Tenant one = Tenant.of(state)) {
                one.sql("CREATE TABLE mine (id int)");
                one.publish();
                assertEquals(1, one.published());
                try (Tenant other = Tenant.of(state)) {
                    assertThrows(SQLException.class, () -> other.sql("SELECT FROM mine"));
                    assertEquals(0, other.published());
                    assertNotEquals(
                            one.addresses().get("kafka"), other.addresses().get("kafka"));
                    assertEquals(
                            one.addresses().get("issuer"), other.addresses().get("issuer"));
                }
                database = one.addresses().get("postgres.scheduler");
            }
            // later tenants get the brokers of earlier ones, emptied
            try (Tenant third = Tenant.of(state);
                    Tenant fourth = Tenant.of(state)) {
                assertNotEquals(database, third.addresses().get("postgres.scheduler"));
                for (Tenant tenant : List.of(third, fourth)) {
                    assertEquals(0, tenant.published());
                }
            }
            assertTrue(engines.waitFor(2, TimeUnit.MINUTES), "The engines end after their last tenant");
            assertFalse(Files.exists(state));
            try (Stream<Path> left = Files.list(data)) {
                assertEquals(List.of(), left.filter(Files::isDirectory).toList());
            }
        } finally {
            engines.destroyForcibly();
        }
    }
}
