package org.lectern.scheduler.support;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The backing stack with its own empty schema, for tests that damage the database. */
public final class ScratchStack implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(new BackingStack().start());
        String url = settings.get("quarkus.datasource.jdbc.url");
        try (var connection = DriverManager.getConnection(url, "scheduler", "scheduler");
                var statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public");
            statement.execute("DROP SCHEMA IF EXISTS scratch CASCADE");
            statement.execute("CREATE SCHEMA scratch");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        settings.put("quarkus.datasource.jdbc.url", url + "?currentSchema=scratch,public");
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
