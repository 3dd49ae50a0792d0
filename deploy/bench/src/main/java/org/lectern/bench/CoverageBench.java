package org.lectern.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.lectern.local.TestStack;

/**
 * How fast the coverage of a large campaign is answered. It passes when 95 of 100 answers about the whole campaign come
 * within 200 ms, asked one after the other.
 */
public final class CoverageBench {

    private static final int WARM_UP = 60;
    private static final int MEASURED = 200;
    private static final int BOOKED = 150;
    private static final double LIMIT_MILLIS = 200;

    private CoverageBench() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        TestStack stack = TestStack.startDurable();
        boolean passed;
        try (Service service = Service.scheduler(stack, root)) {
            String url = stack.jdbcUrl("scheduler");
            Drive.load(url);
            UUID campaign = Drive.ids(url, "SELECT id FROM campaign").getFirst();
            List<UUID> counties = Drive.ids(url, "SELECT id FROM branch WHERE kind = 'county'");
            UUID topic = Drive.ids(url, "SELECT id FROM topic ORDER BY code").getFirst();
            System.out.printf(
                    Locale.ROOT,
                    "%d branches x %d topics, %d bookings%n",
                    Drive.BRANCHES,
                    Drive.TOPICS,
                    Drive.BOOKINGS);
            Drive.awaitKept(url);
            passed = run(service, "/campaigns/" + campaign, counties, topic);
            book(service, url, campaign, topic);
            int wrong = Drive.ids(url, "SELECT branch_id FROM coverage_differences()")
                    .size();
            System.out.println("branches whose kept figures are not what their bookings say: " + wrong);
            passed &= wrong == 0;
        }
        System.exit(passed ? 0 : 1);
    }

    private static boolean run(Service service, String campaign, List<UUID> counties, UUID topic) {
        String coverage = campaign + "/coverage";
        measure(service, List.of(coverage), WARM_UP);
        measure(service, List.of(coverage + "/items", coverage + "?under=" + counties.getFirst()), WARM_UP);
        Timings one = measure(service, List.of("/topics/" + topic), MEASURED);
        Timings whole = measure(service, List.of(coverage), MEASURED);
        List<String> drilled = new ArrayList<>();
        counties.forEach(county -> drilled.add(coverage + "?under=" + county));
        Timings county = measure(service, drilled, MEASURED);
        Timings page = measure(service, List.of(coverage + "/items?limit=100"), MEASURED);
        Timings missed = measure(service, List.of(coverage + "/items?state=MISSED&limit=100"), MEASURED / 4);
        System.out.println(Timings.header());
        System.out.println(one.row("GET /topics/{id}"));
        System.out.println(whole.row("GET …/coverage"));
        System.out.println(county.row("GET …/coverage?under=COUNTY"));
        System.out.println(page.row("GET …/coverage/items"));
        System.out.println(missed.row("GET …/coverage/items?state=MISSED"));
        boolean passed = whole.percentile(95) < LIMIT_MILLIS;
        System.out.printf(
                Locale.ROOT,
                "%s: p95 of the whole campaign is %.1f ms, the limit is %.0f ms%n",
                passed ? "PASS" : "FAIL",
                whole.percentile(95),
                LIMIT_MILLIS);
        return passed;
    }

    /** What a booking costs that is for the campaign, beside one that is not; both kinds take turns. */
    private static void book(Service service, String url, UUID campaign, UUID topic) throws SQLException {
        List<UUID> lecturers = Drive.ids(url, "SELECT id FROM lecturer ORDER BY code");
        List<UUID> villages = Drive.ids(url, "SELECT branch_id FROM campaign_target ORDER BY branch_id LIMIT 400");
        long[] without = new long[BOOKED];
        long[] with = new long[BOOKED];
        Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(150, ChronoUnit.DAYS);
        for (int i = -WARM_UP; i < BOOKED; i++) {
            for (boolean member : List.of(false, true)) {
                int n = (i + WARM_UP) * 2 + (member ? 1 : 0);
                String body = """
                        {"lecturerId": "%s", "topicId": "%s", "branchId": "%s", "joinLink": "https://live.example.org/",
                         "format": "broadcast", "start": "%s"%s}""".formatted(
                                lecturers.get(n % lecturers.size()),
                                topic,
                                villages.get(n % villages.size()),
                                start.plus(n, ChronoUnit.HOURS),
                                member ? ", \"campaignId\": \"" + campaign + "\"" : "");
                long took = service.post("/bookings", body);
                if (i >= 0) {
                    (member ? with : without)[i] = took;
                }
            }
        }
        Timings alone = new Timings(without);
        Timings member = new Timings(with);
        System.out.println(alone.row("POST /bookings"));
        System.out.println(member.row("POST /bookings, campaignId"));
        System.out.printf(
                Locale.ROOT,
                "a booking for the campaign takes %.2f times as long as another (medians)%n",
                member.percentile(50) / alone.percentile(50));
    }

    private static Timings measure(Service service, List<String> paths, int times) {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            nanos[i] = service.get(paths.get(i % paths.size()));
        }
        return new Timings(nanos);
    }
}
