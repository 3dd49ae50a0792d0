package org.lectern.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.lectern.local.TestStack;

/**
 * Measures how the cost of reads grows with the data. Each query runs sequentially at one size and at ten times that
 * size. The result is the exponent, the decimal logarithm of the ratio of medians. 0 means constant cost; 1 means ten
 * times the cost. Pages of lists must have constant cost.
 */
final class ReadingBench implements Bench {

    private static final int WARM_UP = 100;
    private static final int MEASURED = 200;
    private static final int PASSES = 3;
    private static final double GOAL = 0.3;
    private static final int DRIVE = 1000;
    private static final int INBOXES = 100;
    private static final int NOTICES = 50_000;

    private static final String[] NOTICES_OF_A_YEAR = {
        "TRUNCATE notice CASCADE", """
        INSERT INTO notice (id, branch_id, sequence, event_id, booking_id, version, kind, locale, title, body, urgent, starts_at,
                            ends_at, created_at, read_at, silent)
        SELECT uuidv7(), b.id, 1 + n / b.of, gen_random_uuid(), gen_random_uuid(), 1, 'CONFIRMED', 'zh-CN', '讲座已确定',
               repeat('关于讲座的通知。', 20), false, s.at + interval '7 days', s.at + interval '7 days 2 hours', s.at,
               CASE WHEN n % 10 > 0 THEN s.at END, true
        FROM generate_series(0, :notices - 1) n
        CROSS JOIN LATERAL (SELECT now() - interval '400 days' + n * (interval '390 days' / :notices) AS at) s
        JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS number, count(*) OVER () AS of FROM branch) b
          ON b.number = n % b.of""", """
        INSERT INTO delivery (id, notice_id, endpoint_id, branch_id, subject_id, sequence, channel, state, attempts,
                              next_attempt_at, expires_at, created_at, finished_at)
        SELECT uuidv7(), n.id, e.id, n.branch_id, n.booking_id, n.sequence, 'webhook', 'DELIVERED', 1, n.created_at,
               n.created_at + interval '3 days', n.created_at, n.created_at
        FROM notice n JOIN endpoint e ON e.branch_id = n.branch_id ORDER BY n.created_at""", "VACUUM ANALYZE notice", "VACUUM ANALYZE delivery",
    };

    /** Returns how many nanoseconds the answer took. */
    private interface Reader {
        long took(String path);
    }

    /**
     * The time of each query at the smaller size, which runs {@link #PASSES} times because the first passes are cold.
     */
    private final Map<String, Timings> before = new LinkedHashMap<>();

    private boolean isLarger;

    private final List<Measure> measures = new ArrayList<>();
    private final Random random = new Random(7);

    @Override
    public Result run(Path root, List<String> arguments) throws Exception {
        TestStack stack = TestStack.startDurable();
        String url = stack.jdbcUrl("scheduler");
        try (Service scheduler = Service.scheduler(stack, root)) {
            for (int times : List.of(1, 10)) {
                Year.load(url, times);
                for (int i = 0; i < passes(times); i++) {
                    year(scheduler, url);
                }
                clear(url);
            }
            for (int times : List.of(1, 10)) {
                Drive.load(url, DRIVE * times);
                Drive.awaitKept(url);
                for (int i = 0; i < passes(times); i++) {
                    drive(scheduler, url);
                }
                clear(url);
            }
        }
        try (Receiver receiver = new Receiver();
                Service notification = new Service("notification", stack, root, Map.of());
                Connection database = Villages.connect(stack, "notification")) {
            Villages.make(stack, INBOXES, 1).webhooks(stack, notification, receiver.port());
            for (int times : List.of(1, 10)) {
                try (Statement statement = database.createStatement()) {
                    for (String each : NOTICES_OF_A_YEAR) {
                        statement.execute(each.replace(":notices", Integer.toString(NOTICES * times)));
                    }
                }
                List<UUID> branches = Drive.ids(
                        stack.jdbcUrl("notification"),
                        "notification",
                        "SELECT id FROM recipient WHERE kind = 'BRANCH'");
                for (int i = 0; i < passes(times); i++) {
                    inboxes(notification, branches);
                }
            }
        }
        return new Result(
                String.format(
                        Locale.ROOT,
                        "times as much: %,d branches, %,d lecturers, %,d bookings; coverage: %,d branches × %d topics; %,d"
                                + " notices and deliveries",
                        Year.BRANCHES,
                        Year.LECTURERS,
                        Year.BOOKINGS,
                        DRIVE,
                        Drive.TOPICS,
                        NOTICES),
                measures);
    }

    private int passes(int times) {
        isLarger = times > 1;
        return isLarger ? 1 : PASSES;
    }

    private void year(Service scheduler, String url) throws SQLException {
        List<UUID> branches = Year.ids(url, "branch");
        List<UUID> lecturers = Year.ids(url, "lecturer");
        ask(
                "GET /availability",
                scheduler::get,
                AvailabilityBench.questions(random, Year.ids(url, "topic"), branches, MEASURED),
                false);
        ask("GET /bookings", scheduler::get, List.of("/bookings?limit=100"), true);
        ask("GET /bookings?branchId", scheduler::get, of(branches, "/bookings?limit=100&branchId="), true);
        ask("GET /bookings?lecturerId", scheduler::get, of(lecturers, "/bookings?limit=100&lecturerId="), true);
        ask("GET /bookings?status", scheduler::get, List.of("/bookings?limit=100&status=CONFIRMED"), true);
        ask("GET /lecturers", scheduler::get, List.of("/lecturers?limit=100"), true);
        ask("GET /branches", scheduler::get, List.of("/branches?limit=100"), true);
    }

    private void drive(Service scheduler, String url) throws SQLException {
        String coverage =
                "/campaigns/" + Drive.ids(url, "SELECT id FROM campaign").getFirst() + "/coverage";
        List<UUID> counties = Drive.ids(url, "SELECT id FROM branch WHERE kind = 'county'");
        ask("GET …/coverage", scheduler::get, List.of(coverage), false);
        ask("GET …/coverage?under=COUNTY", scheduler::get, of(counties, coverage + "?under="), true);
        ask("GET …/coverage/items", scheduler::get, List.of(coverage + "/items?limit=100"), true);
    }

    private void inboxes(Service notification, List<UUID> branches) throws Exception {
        String operator = notification.token("operator");
        ask("GET …/notices", notification::get, each(branches, "/branches/%s/notices?limit=100"), true);
        ask(
                "GET …/notices?unread",
                notification::get,
                each(branches, "/branches/%s/notices?limit=100&unread=true"),
                true);
        ask("GET /deliveries", path -> notification.get(path, operator), List.of("/deliveries?limit=100"), true);
        ask(
                "GET /deliveries?branchId",
                path -> notification.get(path, operator),
                each(branches, "/deliveries?limit=100&branchId=%s"),
                true);
        ask(
                "GET /deliveries?state=DELIVERED",
                path -> notification.get(path, operator),
                List.of("/deliveries?limit=100&state=DELIVERED"),
                true);
    }

    /** @param constant true for a page of a list, which must have constant cost */
    private void ask(String name, Reader reader, List<String> paths, boolean constant) {
        for (int i = 0; i < WARM_UP; i++) {
            reader.took(paths.get(i % paths.size()));
        }
        long[] nanos = new long[MEASURED];
        for (int i = 0; i < MEASURED; i++) {
            nanos[i] = reader.took(paths.get((WARM_UP + i) % paths.size()));
        }
        Timings now = new Timings(nanos);
        if (!isLarger) {
            before.put(name, now);
            return;
        }
        Timings smaller = Objects.requireNonNull(before.get(name));
        measures.add(smaller.measure(name, 50));
        measures.add(now.measure(name + ", ten times as much", 50));
        Measure exponent = Measure.of(name + ", exponent", "", Math.log10(now.percentile(50) / smaller.percentile(50)));
        measures.add(constant ? exponent.atMost(GOAL) : exponent);
    }

    private static List<String> of(List<UUID> ids, String path) {
        return each(ids, path + "%s");
    }

    private static List<String> each(List<UUID> ids, String path) {
        return ids.stream().map(id -> String.format(Locale.ROOT, path, id)).toList();
    }

    private static void clear(String url) throws SQLException {
        try (Connection connection = Year.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE branch, lecturer, topic, venue, campaign CASCADE");
        }
    }
}
