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
 * Measures the latency of the coverage of a large campaign, with sequential requests. It passes when the 95th
 * percentile for the whole campaign is at most 200 ms.
 */
final class CoverageBench implements Bench {

    private static final int WARM_UP = 60;
    private static final int MEASURED = 200;
    private static final int BOOKED = 150;
    private static final double LIMIT_MILLIS = 200;

    @Override
    public Result run(Path root, List<String> arguments) throws Exception {
        TestStack stack = TestStack.startDurable();
        try (Service service = Service.scheduler(stack, root)) {
            String url = stack.jdbcUrl("scheduler");
            Drive.load(url);
            UUID campaign = Drive.ids(url, "SELECT id FROM campaign").getFirst();
            List<UUID> counties = Drive.ids(url, "SELECT id FROM branch WHERE kind = 'county'");
            UUID topic = Drive.ids(url, "SELECT id FROM topic ORDER BY code").getFirst();
            Drive.awaitKept(url);
            List<Measure> measures = new ArrayList<>(read(service, "/campaigns/" + campaign, counties, topic));
            measures.addAll(book(service, url, campaign, topic));
            int wrong = Drive.ids(url, "SELECT branch_id FROM coverage_differences()")
                    .size();
            measures.add(Measure.of("branches with wrong figures", "", wrong).atMost(0));
            return new Result(
                    String.format(
                            Locale.ROOT,
                            "%,d branches x %d topics, %,d bookings; one request at a time",
                            Drive.BRANCHES,
                            Drive.TOPICS,
                            Drive.BOOKINGS),
                    measures);
        }
    }

    private static List<Measure> read(Service service, String campaign, List<UUID> counties, UUID topic) {
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
        List<Measure> measures = new ArrayList<>(one.measures("GET /topics/{id}", 50, 95));
        measures.add(whole.measure("GET …/coverage", 50));
        measures.add(whole.measure("GET …/coverage", 95).atMost(LIMIT_MILLIS));
        measures.addAll(county.measures("GET …/coverage?under=COUNTY", 50, 95));
        measures.addAll(page.measures("GET …/coverage/items", 50, 95));
        measures.addAll(missed.measures("GET …/coverage/items?state=MISSED", 50, 95));
        return measures;
    }

    /** Cost of a booking with a campaign compared with one without; both kinds alternate. */
    private static List<Measure> book(Service service, String url, UUID campaign, UUID topic) throws SQLException {
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
        List<Measure> measures = new ArrayList<>(alone.measures("POST /bookings", 50, 95));
        measures.addAll(member.measures("POST /bookings, campaignId", 50, 95));
        measures.add(Measure.of("with a campaign ÷ without, p50", "", member.percentile(50) / alone.percentile(50)));
        return measures;
    }

    private static Timings measure(Service service, List<String> paths, int times) {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            nanos[i] = service.get(paths.get(i % paths.size()));
        }
        return new Timings(nanos);
    }
}
