package org.lectern.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.lectern.bench.planning.PublishedCity;
import org.lectern.local.TestStack;

/**
 * Publishing plans: a city in PostgreSQL is planned, checked and published by the service, while another organizer
 * books the same lecturers for later weeks at a fixed rate. A smaller city before warms the service up.
 */
final class PublicationBench implements Bench {

    /** {@code [BRANCHES LECTURERS WEEKS]}: 1,200 branches, 200 lecturers, 8 weeks. */
    @Override
    public Result run(Path root, List<String> arguments) throws Exception {
        int branches = arguments.isEmpty() ? 1200 : Integer.parseInt(arguments.getFirst());
        int lecturers = arguments.isEmpty() ? 200 : Integer.parseInt(arguments.get(1));
        int weeks = arguments.isEmpty() ? 8 : Integer.parseInt(arguments.get(2));
        TestStack stack = TestStack.startDurable();
        try (Service service = Service.built("scheduler", stack, root)) {
            PublishedCity.of(300, 60, 4, 1, 2, stack.jdbcUrl("scheduler"), service.base(), service.token());
            PublishedCity run = PublishedCity.of(
                    branches, lecturers, weeks, 2, 10, stack.jdbcUrl("scheduler"), service.base(), service.token());
            Timings bookings = new Timings(run.sorted());
            return new Result(
                    String.format(
                            Locale.ROOT,
                            "%,d branches × %d lecturers × %d weeks: %,d lectures in one plan for each of three topics",
                            branches,
                            lecturers,
                            weeks,
                            run.lectures()),
                    List.of(
                            Measure.of("lectures refused", "", run.refused()).atMost(0),
                            Measure.of("publishing all", "s", run.publishSeconds())
                                    .atMost(30),
                            Measure.of("publishing a lecture", "ms", 1000 * run.publishSeconds() / run.lectures()),
                            Measure.of("checking a lecture", "ms", 1000 * run.checkSeconds() / run.lectures()),
                            bookings.measure("another organizer's booking beside it", 50),
                            bookings.measure("another organizer's booking beside it", 99)
                                    .atMost(500)));
        }
    }
}
