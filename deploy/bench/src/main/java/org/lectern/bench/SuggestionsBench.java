package org.lectern.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lectern.bench.planning.AgainstSuggestions;
import org.lectern.local.TestStack;

/**
 * The planner's search against the service's own suggestions: a city in PostgreSQL is booked batch by batch as the
 * suggestions say, and planned in memory. Both plans are judged by the same independent checker.
 */
final class SuggestionsBench implements Bench {

    /** {@code [SEEDS] [FACTOR]}: 3 seeds, the time of the search times the factor (1, for 30 s). */
    @Override
    public Result run(Path root, List<String> arguments) throws Exception {
        int seeds = arguments.isEmpty() ? 3 : Integer.parseInt(arguments.getFirst());
        double factor = arguments.size() < 2 ? 1 : Double.parseDouble(arguments.get(1));
        TestStack stack = TestStack.startDurable();
        List<AgainstSuggestions> runs = new ArrayList<>();
        try (Service service = Service.built("scheduler", stack, root)) {
            for (int seed = 1; seed <= seeds; seed++) {
                AgainstSuggestions run = AgainstSuggestions.of(
                        300, 60, 4, seed, 30 * factor, stack.jdbcUrl("scheduler"), service.base(), service.token());
                System.out.printf(Locale.ROOT, "seed %d: %s%n", seed, run);
                runs.add(run);
            }
        }
        String city = "300 × 60 × 4: ";
        return new Result(
                "branches × lecturers × weeks, " + seeds + " seeds, times × " + factor,
                List.of(
                        Measure.of(city + "booked by suggestions", "", runs, AgainstSuggestions::booked),
                        Measure.of(city + "time of the suggestions", "s", runs, AgainstSuggestions::suggestionSeconds),
                        Measure.of(city + "plan under suggestions", "%", runs, AgainstSuggestions::cheaper)
                                .atLeast(12),
                        Measure.of(city + "fewer lecturers' days", "%", runs, AgainstSuggestions::fewerDays),
                        Measure.of(city + "lectures missing to suggestions", "", runs, AgainstSuggestions::missing)
                                .atMost(0),
                        Measure.of(city + "plan under imitated ones", "%", runs, AgainstSuggestions::imitatedCheaper)));
    }
}
