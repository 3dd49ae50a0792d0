package org.lectern.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.lectern.local.TestStack;

/**
 * Measures the latency of {@code GET /availability} in a large city, with sequential requests. It passes when the 95th
 * percentile is at most 50 ms. The ratio to reading one topic in the same run is comparable between machines.
 */
final class AvailabilityBench implements Bench {

    private static final int WARM_UP = 400;
    private static final int MEASURED = 600;
    private static final double LIMIT_MILLIS = 50;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Override
    public Result run(Path root, List<String> arguments) throws Exception {
        TestStack stack = TestStack.startDurable();
        try (Service service = Service.scheduler(stack, root)) {
            Year.load(stack.jdbcUrl("scheduler"));
            List<UUID> topics = Year.ids(stack.jdbcUrl("scheduler"), "topic");
            List<UUID> branches = Year.ids(stack.jdbcUrl("scheduler"), "branch");
            return new Result(
                    String.format(
                            Locale.ROOT,
                            "%,d branches, %,d lecturers, %,d bookings of a year",
                            Year.BRANCHES,
                            Year.LECTURERS,
                            Year.BOOKINGS),
                    measured(service, topics, branches));
        }
    }

    private static List<Measure> measured(Service service, List<UUID> topics, List<UUID> branches)
            throws InterruptedException, ExecutionException {
        Random random = new Random(7);
        measure(service, questions(random, topics, branches, WARM_UP), 2);
        measure(service, topics(random, topics, WARM_UP), 2);
        Timings topic = measure(service, topics(random, topics, MEASURED), 1);
        Timings alone = measure(service, questions(random, topics, branches, MEASURED), 1);
        Timings four = measure(service, questions(random, topics, branches, MEASURED), 4);
        Timings eight = measure(service, questions(random, topics, branches, MEASURED), 8);
        List<Measure> measures = new ArrayList<>(topic.measures("GET /topics/{id}, 1 at a time", 50, 95));
        measures.add(alone.measure("GET /availability, 1 at a time", 50));
        measures.add(alone.measure("GET /availability, 1 at a time", 95).atMost(LIMIT_MILLIS));
        measures.add(alone.measure("GET /availability, 1 at a time", 99));
        measures.addAll(four.measures("GET /availability, 4 at a time", 50, 95));
        measures.addAll(eight.measures("GET /availability, 8 at a time", 50, 95));
        measures.add(Measure.of("a search ÷ reading a topic, p50", "", alone.percentile(50) / topic.percentile(50)));
        return measures;
    }

    private static Timings measure(Service service, List<String> paths, int atOnce)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(atOnce)) {
            List<Future<Long>> answers = new ArrayList<>();
            for (String path : paths) {
                answers.add(threads.submit(() -> service.get(path)));
            }
            long[] nanos = new long[answers.size()];
            for (int i = 0; i < nanos.length; i++) {
                nanos[i] = answers.get(i).get();
            }
            return new Timings(nanos);
        }
    }

    private static List<String> topics(Random random, List<UUID> topics, int count) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            paths.add("/topics/" + topics.get(random.nextInt(topics.size())));
        }
        return paths;
    }

    /** Two weeks that start within the next four months, for any topic at any branch. */
    static List<String> questions(Random random, List<UUID> topics, List<UUID> branches, int count) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LocalDate from = LocalDate.now(ZONE).plusDays(1 + random.nextInt(120));
            paths.add("/availability?topicId=" + topics.get(random.nextInt(topics.size())) + "&branchId="
                    + branches.get(random.nextInt(branches.size())) + "&from=" + time(from) + "&to="
                    + time(from.plusDays(14)) + "&expectedHeadCount=80");
        }
        return paths;
    }

    private static String time(LocalDate date) {
        return URLEncoder.encode(
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        date.atStartOfDay(ZONE).toOffsetDateTime()),
                StandardCharsets.UTF_8);
    }
}
