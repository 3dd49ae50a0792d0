package org.lectern.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.lectern.local.TestStack;

/**
 * Branches that may hold lectures in parallel, known to both services, with a lecturer for each and a topic. SQL
 * creates them. The API creates their webhooks, because secrets are sealed, and the webhooks count as verified.
 */
record Villages(UUID topic, List<UUID> branches, List<UUID> lecturers) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Villages make(TestStack stack, int count, int lecturers) throws SQLException {
        Villages villages = inScheduler(stack, count, lecturers);
        try (Connection notification = connect(stack, "notification")) {
            notification.setAutoCommit(false);
            for (UUID branch : villages.branches) {
                update(notification, """
                        INSERT INTO recipient (id, code, name, kind, zone, locale, archived, version, updated_at)
                        VALUES (?, ?, 'Village', 'BRANCH', 'Asia/Shanghai', 'zh-CN', false, 1, now())""", branch, "v-" + branch);
            }
            notification.commit();
        }
        return villages;
    }

    /** Branches that only the scheduler knows. */
    static Villages inScheduler(TestStack stack, int count, int lecturers) throws SQLException {
        UUID topic = UUID.randomUUID();
        List<UUID> branches = ids(count);
        List<UUID> speakers = ids(lecturers);
        try (Connection scheduler = connect(stack, "scheduler")) {
            for (UUID branch : branches) {
                update(scheduler, """
                        INSERT INTO branch (id, version, code, name, kind, zone, locale, parallel, created_at, updated_at)
                        VALUES (?, 1, ?, 'Village', 'BRANCH', 'Asia/Shanghai', 'zh-CN', true, now(), now())""", branch, "v-" + branch);
            }
            update(scheduler, """
                    INSERT INTO topic (id, version, code, title, duration_minutes, created_at, updated_at)
                    VALUES (?, 1, ?, 'Topic', 60, now(), now())""", topic, "t-" + topic);
            for (UUID lecturer : speakers) {
                update(scheduler, """
                        INSERT INTO lecturer (id, version, code, name, tier, zone, locale, created_at, updated_at)
                        VALUES (?, 1, ?, 'Lecturer', 'county', 'Asia/Shanghai', 'zh-CN', now(), now())""", lecturer, "l-" + lecturer);
                update(scheduler, "INSERT INTO lecturer_topic (lecturer_id, topic_id) VALUES (?, ?)", lecturer, topic);
            }
            update(scheduler, "ANALYZE");
        }
        return new Villages(topic, branches, speakers);
    }

    /** Gives each branch a webhook at this address. */
    void webhooks(TestStack stack, Service notification, int port)
            throws SQLException, InterruptedException, ExecutionException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> made = new ArrayList<>();
            for (UUID branch : branches) {
                made.add(threads.submit(() -> {
                    var body = JSON.createObjectNode()
                            .put("channel", "webhook")
                            .put("address", "http://127.0.0.1:" + port + "/" + branch);
                    return http.send(
                                    HttpRequest.newBuilder(URI.create(
                                                    notification.base() + "/branches/" + branch + "/endpoints"))
                                            .header("Content-Type", "application/json")
                                            .header("Authorization", "Bearer " + notification.token())
                                            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode();
                }));
            }
            for (Future<Integer> status : made) {
                if (status.get() != 201) {
                    throw new IllegalStateException("A webhook was not made: " + status.get());
                }
            }
        }
        try (Connection connection = connect(stack, "notification")) {
            update(connection, "UPDATE endpoint SET pending = false WHERE pending");
            update(connection, "ANALYZE");
        }
    }

    static Connection connect(TestStack stack, String database) throws SQLException {
        return DriverManager.getConnection(stack.jdbcUrl(database), database, database);
    }

    static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }

    private static List<UUID> ids(int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(UUID.randomUUID());
        }
        return ids;
    }
}
