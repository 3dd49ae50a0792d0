package org.lectern.scheduler.support;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.lectern.local.TestStack;

/** Real PostgreSQL, Kafka and identity for the tests of this service; one set per test JVM. */
public final class BackingStack implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        // a limit for failing tests, not a statement about speed: a busy machine may be slow
        Awaitility.setDefaultTimeout(Duration.ofMinutes(2));
        TestStack stack = TestStack.start();
        return Map.of(
                "quarkus.datasource.jdbc.url", stack.jdbcUrl("scheduler"),
                "quarkus.datasource.username", "scheduler",
                "quarkus.datasource.password", "scheduler",
                "kafka.bootstrap.servers", stack.kafkaBootstrapServers(),
                "quarkus.oidc.auth-server-url", stack.issuer(),
                "lectern.test.issuer", stack.issuer());
    }

    @Override
    public void stop() {
        // the stack ends with the JVM
    }
}
