package org.lectern.notification.support;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.lectern.local.TestStack;

/** Real PostgreSQL, Kafka and identity for the tests of this service; one set per test JVM. */
public final class BackingStack implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
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
