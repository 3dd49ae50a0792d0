package org.lectern.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A campaign with 20 topics for 10,000 branches (20 counties with 25 townships of 20 villages each), and 200,000
 * bookings for it. Most past bookings are held, the others cancelled or not recorded; a quarter is in the future. One
 * in twenty branches has all its lectures on one topic. SQL creates the data, because only reads are measured.
 */
final class Drive {

    static final int BRANCHES = 10_000;
    static final int TOPICS = 20;
    static final int BOOKINGS = 200_000;

    private static final String[] LOAD = {
        """
        INSERT INTO topic (id, version, code, title, duration_minutes, created_at, updated_at)
        SELECT uuidv7(), 1, 'drive-' || lpad(i::text, 2, '0'), 'Topic ' || i, 60, now(), now() FROM generate_series(0, 19) i""",
        """
        INSERT INTO branch (id, version, code, name, kind, zone, locale, parallel, created_at, updated_at)
        VALUES (uuidv7(), 1, 'drive', 'City', 'city', 'Asia/Shanghai', 'zh-CN', false, now(), now())""",
        """
        INSERT INTO branch (id, version, code, name, kind, parent_id, zone, locale, parallel, created_at, updated_at)
        SELECT uuidv7(), 1, 'drive-c' || i, 'County ' || i, 'county', c.id, 'Asia/Shanghai', 'zh-CN', false, now(), now()
        FROM generate_series(0, :branches / 500 - 1) i JOIN branch c ON c.code = 'drive'""",
        """
        INSERT INTO branch (id, version, code, name, kind, parent_id, zone, locale, parallel, created_at, updated_at)
        SELECT uuidv7(), 1, 'drive-t' || i, 'Township ' || i, 'township', c.id, 'Asia/Shanghai', 'zh-CN', false, now(), now()
        FROM generate_series(0, :branches / 20 - 1) i JOIN branch c ON c.code = 'drive-c' || i / 25""",
        """
        INSERT INTO branch (id, version, code, name, kind, parent_id, zone, locale, parallel, created_at, updated_at)
        SELECT uuidv7(), 1, 'drive-v' || i, 'Village ' || i, (ARRAY['village', 'community', 'enterprise'])[1 + i % 3], t.id,
               'Asia/Shanghai', 'zh-CN', false, now(), now()
        FROM generate_series(0, :branches - 1) i JOIN branch t ON t.code = 'drive-t' || i / 20""",
        """
        INSERT INTO lecturer (id, version, code, name, tier, zone, locale, created_at, updated_at)
        SELECT uuidv7(), 1, 'drive-' || i, 'Lecturer ' || i,
               (ARRAY['provincial', 'municipal', 'county', 'grassroots'])[1 + i % 4], 'Asia/Shanghai', 'zh-CN', now(), now()
        FROM generate_series(0, :lecturers - 1) i""",
        """
        INSERT INTO lecturer_topic (lecturer_id, topic_id)
        SELECT l.id, t.id FROM lecturer l CROSS JOIN topic t WHERE l.code LIKE 'drive-%' AND t.code LIKE 'drive-%'""",
        """
        INSERT INTO campaign (id, version, code, name, status, starts_on, ends_on, zone, lectures_per_branch, min_interval_days,
                              formats, tiers, subtrees, kinds, branches, priority, targets_at, created_at, updated_at)
        SELECT uuidv7(), 1, 'drive', 'Drive', 'ACTIVE', current_date - 450, current_date + 200, 'Asia/Shanghai', 1, 0, '{}', '{}',
               ARRAY[b.id], '{village,community,enterprise}', '{}', '{}', now(), now(), now()
        FROM branch b WHERE b.code = 'drive'""",
        "INSERT INTO campaign_topic SELECT c.id, t.id FROM campaign c JOIN topic t ON t.code LIKE 'drive-%'",
        """
        INSERT INTO campaign_target (campaign_id, branch_id, priority, excluded, branch_code)
        SELECT c.id, b.id, s.priority, s.excluded, b.code
        FROM campaign c CROSS JOIN LATERAL campaign_selection(c.id) s JOIN branch b ON b.id = s.branch_id""",
        "UPDATE campaign c SET target_count = (SELECT count(*) FROM campaign_target t WHERE t.campaign_id = c.id)",
        // every lecturer has one lecture a day; every branch one every 25th day, each time on the next topic
        """
        INSERT INTO booking (id, version, status, lecturer_id, topic_id, branch_id, join_link, format, starts_at, ends_at, zone,
                             occupied_from, occupied_until, branch_exclusive, travel_overridden, head_count, campaign_id,
                             created_at, created_by, updated_at)
        SELECT uuidv7(), 1, s.status, l.id, t.id, b.id, 'https://live.example.org/', 'broadcast', s.at, s.at + interval '1 hour',
               'Asia/Shanghai', s.at, s.at + interval '1 hour', true, true,
               CASE WHEN s.status = 'COMPLETED' THEN 20 + n % 60 END, c.id, now(), 'bench', now()
        FROM generate_series(0, 20 * :branches - 1) n
        CROSS JOIN LATERAL (
            SELECT n / :lecturers AS day,
                   date_trunc('day', now()) + (n / :lecturers - 300) * interval '1 day' + interval '3 hours' AS at) d
        CROSS JOIN LATERAL (
            SELECT d.at, CASE WHEN n % 23 = 7 THEN 'CANCELLED' WHEN d.day >= 300 THEN 'CONFIRMED'
                              WHEN n % 29 = 3 THEN 'CONFIRMED' ELSE 'COMPLETED' END AS status) s
        JOIN campaign c ON c.code = 'drive'
        JOIN lecturer l ON l.code = 'drive-' || n % :lecturers
        JOIN branch b ON b.code = 'drive-v' || n % :branches
        JOIN topic t ON t.code = 'drive-' || lpad((CASE WHEN n % 20 = 11 THEN 0 ELSE n / :branches END)::text, 2, '0')""",
        "VACUUM ANALYZE",
    };

    private Drive() {}

    static void load(String jdbcUrl) throws SQLException {
        load(jdbcUrl, BRANCHES);
    }

    /** With this number of branches, a multiple of 500, and bookings and lecturers in proportion. */
    static void load(String jdbcUrl, int branches) throws SQLException {
        try (Connection connection = connect(jdbcUrl);
                Statement statement = connection.createStatement()) {
            for (String each : LOAD) {
                statement.execute(each.replace(":branches", Integer.toString(branches))
                        .replace(":lecturers", Integer.toString(branches / 20)));
            }
            try (ResultSet row = statement.executeQuery(
                    "SELECT (SELECT count(*) FROM booking_branch WHERE campaign_id IS NOT NULL), (SELECT count(*) FROM campaign_target)")) {
                row.next();
                if (row.getInt(1) != TOPICS * branches || row.getInt(2) != branches) {
                    throw new IllegalStateException(
                            "There are " + row.getInt(1) + " bookings and " + row.getInt(2) + " targets");
                }
            }
        }
    }

    /** Waits until the service has processed the marks of all these bookings, which takes seconds. */
    static void awaitKept(String jdbcUrl) throws SQLException, InterruptedException {
        Instant deadline = Instant.now().plusSeconds(180);
        while (!ids(jdbcUrl, "SELECT branch_id FROM coverage_changed LIMIT 1").isEmpty()) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("What is kept for coverage was not brought up to date");
            }
            Thread.sleep(200);
        }
    }

    /** The ids that a query finds. */
    static List<UUID> ids(String jdbcUrl, String query) throws SQLException {
        return ids(jdbcUrl, "scheduler", query);
    }

    /** The ids that a query finds in the database of another service. */
    static List<UUID> ids(String jdbcUrl, String user, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, user);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<UUID> ids = new ArrayList<>();
            while (row.next()) {
                ids.add(row.getObject(1, UUID.class));
            }
            return ids;
        }
    }

    private static Connection connect(String jdbcUrl) throws SQLException {
        return DriverManager.getConnection(jdbcUrl, "scheduler", "scheduler");
    }
}
