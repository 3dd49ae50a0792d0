package org.lectern.notification.support;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The backing stack with an empty schema, as after the loss of the database: all is read again, and nothing is told. */
public final class RebuildStack implements QuarkusTestResourceLifecycleManager {

    /** Until when nobody is alerted: what tests send now happened before it. */
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

    /** After the backing stack of the other tests, whose settings it replaces. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public void stop() {
        // the stack ends with the JVM
    }
}
