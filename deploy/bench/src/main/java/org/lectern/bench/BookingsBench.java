package org.lectern.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.lectern.local.TestStack;

/**
 * Bookings per second at 16 connections, compared with transactions per second of the same SQL statements. JDBC sends
 * these from 16 connections to the same durable PostgreSQL, in turns with the service. Both loops are closed (each
 * connection waits for its answer) and warm. It passes when the service reaches at least 0.6 of the rate of the
 * statements alone.
 */
final class BookingsBench implements Bench {

    private static final int CONNECTIONS = 16;
    private static final double GOAL = 0.6;
    private static final int WARM_UP_SECONDS = 25;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** Later than every booking in the database of a {@link Year}. */
    private static final int FROM_DAYS = 170;

    @Override
    public Result run(Path root, List<String> arguments) throws Exception {
        int seconds = arguments.isEmpty() ? 15 : Integer.parseInt(arguments.getFirst());
        int rounds = arguments.size() > 1 ? Integer.parseInt(arguments.get(1)) : 3;
        TestStack stack = TestStack.startDurable();
        try (Service service = Service.scheduler(stack, root)) {
            Year.load(stack.jdbcUrl("scheduler"));
            return new Run(root, stack, service).run(seconds, rounds);
        }
    }

    private static final class Run {

        private final Path root;
        private final TestStack stack;
        private final Service service;
        private final AtomicInteger next = new AtomicInteger();
        private final List<UUID> lecturers;
        private final List<UUID> topics;
        private final List<UUID> branches;
        private final List<UUID> venues;

        private Run(Path root, TestStack stack, Service service) throws SQLException {
            this.root = root;
            this.stack = stack;
            this.service = service;
            String url = stack.jdbcUrl("scheduler");
            // excludes lecturers with weekly hours, as they are not available every day
            lecturers = Drive.ids(
                    url, "SELECT id FROM lecturer WHERE right(code, 1) NOT IN ('1', '3', '5', '7') ORDER BY code");
            topics = Drive.ids(url, """
                SELECT (SELECT topic_id FROM lecturer_topic WHERE lecturer_id = l.id LIMIT 1)
                FROM lecturer l WHERE right(code, 1) NOT IN ('1', '3', '5', '7') ORDER BY code""");
            branches = Drive.ids(url, "SELECT id FROM branch ORDER BY code");
            venues = Drive.ids(url, "SELECT v.id FROM branch b JOIN venue v ON v.branch_id = b.id ORDER BY b.code");
        }

        /** One lecture; no two of a run share a lecturer or a branch on one day. */
        private record Lecture(UUID lecturer, UUID topic, UUID branch, UUID venue, int daysAhead) {

            String body() {
                return """
                    {"lecturerId": "%s", "topicId": "%s", "branchId": "%s", "venueId": "%s", "format": "lecture",
                     "start": "%s+08:00"}""".formatted(
                                lecturer,
                                topic,
                                branch,
                                venue,
                                LocalDate.now(ZONE).plusDays(daysAhead).atTime(LocalTime.of(10, 0, 0)) + ":00");
            }
        }

        private Lecture lecture() {
            int n = next.getAndIncrement();
            int who = n % lecturers.size();
            int round = n / lecturers.size();
            int where = (who + 31 * round) % branches.size();
            return new Lecture(
                    lecturers.get(who), topics.get(who), branches.get(where), venues.get(where), FROM_DAYS + 2 * round);
        }

        private Result run(int seconds, int rounds) throws Exception {
            String url = stack.jdbcUrl("scheduler");
            WarmUp.untilCompilersRest(
                    List.of(service), () -> throughService(WARM_UP_SECONDS, new ConcurrentLinkedQueue<>()));
            Lecture first = lecture();
            Set<UUID> known = new HashSet<>(Drive.ids(url, """
                SELECT id FROM lecturer UNION ALL SELECT id FROM topic UNION ALL SELECT id FROM branch
                UNION ALL SELECT id FROM venue UNION ALL SELECT id FROM incarnation"""));
            known.removeAll(Set.of(first.lecturer(), first.topic(), first.branch(), first.venue()));
            Recorded recorded = Recorded.of(url, "booking ", known, () -> service.post("/bookings", first.body()));

            List<Recorded.Player> players = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                players.add(recorded.new Player(url, "scheduler", "scheduler"));
            }
            throughSql(players, first, Math.max(5, seconds / 2));
            double[] booked = new double[rounds];
            double[] played = new double[rounds];
            Queue<Long> times = new ConcurrentLinkedQueue<>();
            double[] allocated = new double[rounds];
            List<ProcessorTime> ofBookings = new ArrayList<>();
            List<ProcessorTime> ofStatements = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                double bytes = service.metric("jvm_gc_memory_allocated_bytes_total");
                ProcessorTime before = ProcessorTime.of(root, List.of(service));
                int count = throughService(seconds, times);
                ofBookings.add(
                        ProcessorTime.of(root, List.of(service)).since(before).dividedBy(count));
                booked[i] = (double) count / seconds;
                allocated[i] = (service.metric("jvm_gc_memory_allocated_bytes_total") - bytes) / count / 1000;
                before = ProcessorTime.of(root, List.of(service));
                int transactions = throughSql(players, first, seconds);
                ofStatements.add(
                        ProcessorTime.of(root, List.of(service)).since(before).dividedBy(transactions));
                played[i] = (double) transactions / seconds;
            }
            for (Recorded.Player player : players) {
                player.close();
            }
            Timings timings =
                    new Timings(times.stream().mapToLong(Long::longValue).toArray());
            double ratio = Summary.of(booked).median() / Summary.of(played).median();
            List<Measure> measures = new ArrayList<>(timings.measures("POST /bookings", 50, 95, 99));
            measures.add(Measure.of("bookings", "/s", booked));
            measures.add(Measure.of("the same statements", "/s", played));
            measures.add(Measure.of("ratio", "", ratio).atLeast(GOAL));
            measures.add(Measure.of("heap allocated per booking", "kB", allocated));
            measures.addAll(ProcessorTime.measures("booking", ofBookings));
            measures.addAll(ProcessorTime.measures("transaction of the statements", ofStatements));
            return new Result(
                    CONNECTIONS + " connections; a booking is one transaction of " + recorded.statements()
                            + " statements; none failed",
                    measures);
        }

        /** The number of bookings. */
        private int throughService(int seconds, Queue<Long> times) throws InterruptedException {
            return atOnce(
                    seconds,
                    connection -> times.add(service.post("/bookings", lecture().body())));
        }

        private int throughSql(List<Recorded.Player> players, Lecture first, int seconds) throws InterruptedException {
            return atOnce(seconds, connection -> {
                Lecture lecture = lecture();
                players.get(connection)
                        .play(new Recorded.Case(
                                Map.of(
                                        first.lecturer(),
                                        lecture.lecturer(),
                                        first.topic(),
                                        lecture.topic(),
                                        first.branch(),
                                        lecture.branch(),
                                        first.venue(),
                                        lecture.venue()),
                                lecture.daysAhead() - first.daysAhead()));
            });
        }

        private interface Work {
            void on(int connection) throws SQLException;
        }

        private static int atOnce(int seconds, Work work) throws InterruptedException {
            AtomicInteger done = new AtomicInteger();
            Queue<Exception> failures = new ConcurrentLinkedQueue<>();
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int connection = i;
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        while (System.nanoTime() < end && failures.isEmpty()) {
                            work.on(connection);
                            done.incrementAndGet();
                        }
                    } catch (SQLException | RuntimeException e) {
                        failures.add(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            if (!failures.isEmpty()) {
                throw new IllegalStateException("The run is of no use", failures.peek());
            }
            return done.get();
        }
    }
}
