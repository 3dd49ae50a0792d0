package org.lectern.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.lectern.bench.planning.CityRun;
import org.lectern.bench.planning.PublicInstances;
import org.lectern.bench.planning.PublicInstances.Solved;

/**
 * The planner's search on generated cities: against a lower bound, against booked suggestions, and its speed; then on
 * public routing instances if a folder is given. Uses no engines and one thread.
 */
final class PlanningBench implements Bench {

    private static final double MEGABYTES_SMALL = 100;
    private static final double MEGABYTES_LARGE = 400;

    private final List<Measure> measures = new ArrayList<>();

    /** {@code [SEEDS] [FACTOR] [FOLDER]}: 5 seeds, all times times the factor (1), public instances of a folder. */
    @Override
    public Result run(Path root, List<String> arguments) throws IOException {
        int seeds = arguments.isEmpty() ? 5 : Integer.parseInt(arguments.getFirst());
        double factor = arguments.size() < 2 ? 1 : Double.parseDouble(arguments.get(1));
        Path folder = arguments.size() < 3 ? null : Path.of(arguments.get(2));
        CityRun.of(120, 40, 3, 99, 3 * factor, false, false); // warms the compiler

        List<CityRun> small = runs(120, 40, 3, 20 * factor, seeds, true, true);
        measures.add(Measure.of("120 × 40 × 3: over the lower bound", "%", small, CityRun::overBound)
                .atMost(2));
        suggestions("120 × 40 × 3", small, null, null);

        List<CityRun> middle = runs(300, 60, 4, 30 * factor, seeds, false, true);
        measures.add(Measure.of("300 × 60 × 4: first plan", "s", middle, CityRun::firstSeconds)
                .atMost(0.5));
        suggestions("300 × 60 × 4", middle, 12.0, null);

        List<CityRun> large = runs(1200, 200, 8, 60 * factor, seeds, false, true);
        measures.add(Measure.of("1,200 × 200 × 8: first plan", "s", large, CityRun::firstSeconds)
                .atMost(1));
        suggestions("1,200 × 200 × 8", large, 12.0, 25.0);
        measures.add(Measure.of("1,200 × 200 × 8: heap", "MB", large, CityRun::megabytes)
                .atMost(MEGABYTES_SMALL));
        measures.add(Measure.of("1,200 × 200 × 8: iterations", "/s", large, CityRun::iterationsPerSecond));
        measures.add(Measure.of("rescue among 1,200: time", "s", large, CityRun::rescueSeconds)
                .atMost(1));
        measures.add(Measure.of("rescue among 1,200: others moved", "", large, CityRun::rescueMoved)
                .atMost(0));
        measures.add(Measure.of("rescue among 1,200: lost", "", large, CityRun::rescueLost)
                .atMost(0));

        List<CityRun> huge = runs(10_000, 800, 12, 120 * factor, seeds, false, false);
        measures.add(Measure.of("10,000 × 800 × 12: first plan", "s", huge, CityRun::firstSeconds)
                .atMost(3));
        measures.add(Measure.of("10,000 × 800 × 12: heap", "MB", huge, CityRun::megabytes)
                .atMost(MEGABYTES_LARGE));
        measures.add(Measure.of("10,000 × 800 × 12: under its first plan", "%", huge, CityRun::underFirst)
                .atLeast(5));

        if (folder != null) {
            instances(folder, seeds, factor);
        }
        return new Result(
                "branches × lecturers × weeks, " + seeds + " seeds, times × " + factor + ", one thread", measures);
    }

    private static List<CityRun> runs(
            int branches, int lecturers, int weeks, double seconds, int seeds, boolean bound, boolean suggesting) {
        List<CityRun> runs = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            CityRun run = CityRun.of(branches, lecturers, weeks, seed, seconds, bound, suggesting);
            System.out.printf(Locale.ROOT, "%,d branches, seed %d: %s%n", branches, seed, run);
            runs.add(run);
        }
        return runs;
    }

    private void suggestions(String city, List<CityRun> runs, @Nullable Double cheaper, @Nullable Double fewer) {
        Measure cost = Measure.of(city + ": under suggestions (imitated)", "%", runs, CityRun::underSuggestions);
        measures.add(cheaper == null ? cost : cost.atLeast(cheaper));
        Measure days = Measure.of(city + ": fewer lecturers' days", "%", runs, CityRun::fewerDays);
        measures.add(fewer == null ? days : days.atLeast(fewer));
        measures.add(Measure.of(city + ": lectures missing to suggestions", "", runs, CityRun::missing)
                .atMost(0));
    }

    private void instances(Path folder, int seeds, double factor) throws IOException {
        List<List<Solved>> runs = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            runs.add(PublicInstances.solve(folder, seed, 10 * factor, 60 * factor));
        }
        gaps("public, up to 200 customers", runs, true, 0.5, 2);
        gaps("public, more customers", runs, false, 2.5, 2.5);
    }

    private void gaps(String name, List<List<Solved>> runs, boolean small, double mean, double most) {
        double[] means = runs.stream()
                .mapToDouble(run -> known(run, small).average().orElse(Double.NaN))
                .filter(each -> !Double.isNaN(each))
                .toArray();
        if (means.length > 0) {
            measures.add(Measure.of(name + ": mean gap", "%", means).atMost(mean));
            double[] largest = runs.stream()
                    .mapToDouble(run -> known(run, small).max().orElse(Double.NaN))
                    .toArray();
            measures.add(Measure.of(name + ": largest gap", "%", largest).atMost(most));
        }
    }

    private static DoubleStream known(List<Solved> run, boolean small) {
        return run.stream()
                .filter(each -> each.customers() <= 200 == small && !Double.isNaN(each.gap()))
                .mapToDouble(Solved::gap);
    }
}
