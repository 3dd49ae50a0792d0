package org.lectern.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A year of a large city in the database: 1,200 branches, 500 lecturers with 3 of 20 topics each, and 35,000 bookings
 * around today. A factor multiplies everything but topics and days. SQL creates the data, because only reads are
 * measured; all constraints of production apply.
 */
final class Year {

    static final int BRANCHES = 1200;
    static final int LECTURERS = 500;
    static final int BOOKINGS = 35_000;
    private static final int HALLS = 30;

    private static final String[] LOAD = {
        """
        INSERT INTO topic (id, version, code, title, duration_minutes, created_at, updated_at)
        SELECT uuidv7(), 1, 'bench-' || i, 'Topic ' || i, 60 + 30 * (i % 3), now(), now() FROM generate_series(0, 19) i""",
        """
        INSERT INTO branch (id, version, code, name, kind, zone, locale, parallel, latitude, longitude, created_at, updated_at)
        SELECT uuidv7(), 1, 'bench-' || i, 'Branch ' || i, 'village', 'Asia/Shanghai', 'zh-CN', false,
               30 + (i % 40) * 0.012, 118 + (i / 40) * 0.015, now(), now()
        FROM generate_series(0, :branches - 1) i""",
        """
        INSERT INTO venue (id, version, code, name, kind, branch_id, capacity, created_at, updated_at)
        SELECT uuidv7(), 1, code, name || ' room', 'branch-room', id, 120, now(), now() FROM branch WHERE code LIKE 'bench-%'""",
        """
        INSERT INTO venue (id, version, code, name, kind, capacity, latitude, longitude, created_at, updated_at)
        SELECT uuidv7(), 1, 'bench-hall-' || i, 'Hall ' || i, 'lecture-hall', 400,
               30 + (i % 6) * 0.08, 118 + (i / 6) * 0.09, now(), now()
        FROM generate_series(0, :halls - 1) i""",
        """
        INSERT INTO lecturer (id, version, code, name, tier, zone, locale, latitude, longitude, created_at, updated_at)
        SELECT uuidv7(), 1, 'bench-' || i, 'Lecturer ' || i, (ARRAY['municipal', 'county', 'grassroots'])[1 + i % 3],
               'Asia/Shanghai', 'zh-CN', 30 + (i % 25) * 0.019, 118 + (i / 25) * 0.022, now(), now()
        FROM generate_series(0, :lecturers - 1) i""",
        """
        INSERT INTO lecturer_topic (lecturer_id, topic_id)
        SELECT l.id, t.id FROM generate_series(0, :lecturers - 1) i CROSS JOIN generate_series(0, 2) k
        JOIN lecturer l ON l.code = 'bench-' || i JOIN topic t ON t.code = 'bench-' || (i + 7 * k) % 20""",
        """
        INSERT INTO lecturer_availability (lecturer_id, version, zone, weekly, lectures_per_day, lectures_per_week,
                                           notice_hours, updated_at)
        SELECT id, 2, 'Asia/Shanghai', '{[480,1080),[1920,2520),[3360,3960),[4800,5400),[6240,6840)}', 3, 8, 24, now()
        FROM lecturer WHERE code LIKE 'bench-%' AND right(code, 1) IN ('1', '3', '5', '7')""",
        """
        INSERT INTO lecturer_blackout (id, lecturer_id, from_at, until_at)
        SELECT uuidv7(), id, now() + interval '20 days', now() + interval '27 days'
        FROM lecturer WHERE code LIKE 'bench-%' AND right(code, 1) = '5'""",
        // several lectures a day, each at another branch; a lecturer has one every fifth day
        """
        INSERT INTO booking (id, version, status, lecturer_id, topic_id, branch_id, venue_id, format, starts_at, ends_at,
                             zone, occupied_from, occupied_until, branch_exclusive, travel_overridden, created_at, created_by,
                             updated_at)
        SELECT uuidv7(), 1, 'CONFIRMED', l.id, t.id, b.id, v.id, 'lecture', s.at, s.at + interval '2 hours', 'Asia/Shanghai',
               s.at, s.at + interval '2 hours', true, true, now(), 'bench', now()
        FROM generate_series(0, 349) day CROSS JOIN generate_series(0, :daily - 1) rank
        CROSS JOIN LATERAL (
            SELECT date_trunc('day', now() AT TIME ZONE 'Asia/Shanghai') AT TIME ZONE 'Asia/Shanghai'
                   + (day - 200) * interval '1 day' + interval '9 hours' + (rank % 2) * interval '5 hours' AS at) s
        JOIN lecturer l ON l.code = 'bench-' || (rank * 5 + day % 5)
        JOIN topic t ON t.code = 'bench-' || (rank * 5 + day % 5) % 20
        JOIN branch b ON b.code = 'bench-' || (day * :daily + rank) % :branches
        JOIN venue v ON v.branch_id = b.id""",
        "VACUUM ANALYZE",
    };

    private Year() {}

    static void load(String jdbcUrl) throws SQLException {
        load(jdbcUrl, 1);
    }

    /** The city multiplied by this factor. */
    static void load(String jdbcUrl, int times) throws SQLException {
        try (Connection connection = connect(jdbcUrl);
                Statement statement = connection.createStatement()) {
            for (String each : LOAD) {
                statement.execute(each.replace(":branches", Integer.toString(BRANCHES * times))
                        .replace(":lecturers", Integer.toString(LECTURERS * times))
                        .replace(":halls", Integer.toString(HALLS * times))
                        .replace(":daily", Integer.toString(LECTURERS / 5 * times)));
            }
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM booking")) {
                row.next();
                if (row.getInt(1) != BOOKINGS * times) {
                    throw new IllegalStateException("There are " + row.getInt(1) + " bookings");
                }
            }
        }
    }

    static List<UUID> ids(String jdbcUrl, String table) throws SQLException {
        try (Connection connection = connect(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT id FROM " + table + " WHERE code LIKE 'bench-%' ORDER BY code")) {
            List<UUID> ids = new ArrayList<>();
            while (row.next()) {
                ids.add(row.getObject(1, UUID.class));
            }
            return ids;
        }
    }

    static Connection connect(String jdbcUrl) throws SQLException {
        return DriverManager.getConnection(jdbcUrl, "scheduler", "scheduler");
    }
}
