package org.lectern.notification.production;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lectern.local.TestStack;

/** The built service refuses to start in production mode with development settings, and gives the reasons. */
class ProductionStartIT {

    @Test
    @Timeout(300)
    void developmentSettingsAreRefusedWithEveryReason() throws IOException, InterruptedException {
        TestStack stack = TestStack.start();
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar")
                .redirectErrorStream(true);
        command.environment()
                .putAll(Map.of(
                        "QUARKUS_DATASOURCE_JDBC_URL", stack.jdbcUrl("notification"),
                        "QUARKUS_DATASOURCE_USERNAME", "notification",
                        "QUARKUS_DATASOURCE_PASSWORD", "notification",
                        "LECTERN_MAIL_HOST", "localhost",
                        "KAFKA_BOOTSTRAP_SERVERS", stack.kafkaBootstrapServers(),
                        "QUARKUS_OIDC_AUTH_SERVER_URL", stack.issuer(),
                        "QUARKUS_HTTP_PORT", "0",
                        "QUARKUS_MANAGEMENT_PORT", "0"));

        Process service = command.start();
        String said = new String(service.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(service.waitFor(4, TimeUnit.MINUTES)).isTrue();
        assertThat(service.exitValue()).isNotZero();
        assertThat(said)
                .contains("The production start is refused")
                .contains("QUARKUS_OIDC_AUTH_SERVER_URL")
                .contains("QUARKUS_DATASOURCE_PASSWORD")
                .contains("lectern.mail.host")
                .contains("lectern.mail.from")
                .contains("lectern.secrets.keys")
                .contains("fsync");
    }
}
