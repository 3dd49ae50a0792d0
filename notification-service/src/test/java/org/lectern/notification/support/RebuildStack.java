package org.lectern.notification.support;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The backing stack with an empty schema, as after the loss of the database: all events are read again without alerts.
 */
public final class RebuildStack implements QuarkusTestResourceLifecycleManager {

    /** Events before this time cause no alert; all events of the tests are earlier. */
    public static final Instant SILENT_BEFORE = Instant.now().plus(Duration.ofHours(1));

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(new BackingStack().start());
        String url = settings.get("quarkus.datasource.jdbc.url");
        try (var connection = DriverManager.getConnection(url, "notification", "notification");
                var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS rebuilt CASCADE");
            statement.execute("CREATE SCHEMA rebuilt");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        settings.put("quarkus.datasource.jdbc.url", url + "?currentSchema=rebuilt");
        settings.put("lectern.intake.group", "rebuild-" + UUID.randomUUID());
        settings.put("lectern.intake.silent-before", SILENT_BEFORE.toString());
        return settings;
    }

    /** After the backing stack of the other tests, because it replaces their settings. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public void stop() {
        // the stack ends with the JVM
    }
}
