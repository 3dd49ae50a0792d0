package org.lectern.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.lectern.bench.planning.CityRun;
import org.lectern.bench.planning.GeneratedInstances;
import org.lectern.bench.planning.PublicInstances;
import org.lectern.bench.planning.PublicInstances.Solved;

/**
 * The planner's search on generated cities: against a lower bound, against imitated suggestions, and its speed; then on
 * routing instances. Uses no engines and one thread. Its clock is the processor time of that thread, so that other load
 * on the machine changes little.
 */
final class PlanningBench implements Bench {

    private static final double MEGABYTES_SMALL = 100;
    private static final double MEGABYTES_LARGE = 400;

    private final List<Measure> measures = new ArrayList<>();

    /**
     * {@code [SEEDS] [FACTOR] [PART…]}: 5 seeds, all times times the factor (1). A part is a number of branches (120,
     * 300, 1200, 10000), {@code generated} for the generated routing instances, or a folder with public ones; without
     * any, all but the folder.
     */
    @Override
    public Result run(Path root, List<String> arguments) throws IOException {
        int seeds = arguments.isEmpty() ? 5 : Integer.parseInt(arguments.getFirst());
        double factor = arguments.size() < 2 ? 1 : Double.parseDouble(arguments.get(1));
        List<String> parts = new ArrayList<>(arguments.subList(Math.min(2, arguments.size()), arguments.size()));
        if (parts.isEmpty()) {
            parts.addAll(List.of("120", "300", "1200", "10000", "generated"));
        }
        CityRun.of(120, 40, 3, 99, 3 * factor, false, false); // warms the compiler
        for (String part : parts) {
            switch (part) {
                case "120" -> small(seeds, factor);
                case "300" -> middle(seeds, factor);
                case "1200" -> large(seeds, factor);
                case "10000" -> huge(seeds, factor);
                case "generated" ->
                    instances(
                            "generated",
                            GeneratedInstances.write(root.resolve("deploy/bench/target/generated-instances")),
                            seeds,
                            factor);
                default -> instances("public", Path.of(part), seeds, factor);
            }
        }
        return new Result(
                "branches × lecturers × weeks, " + seeds + " seeds, times × " + factor
                        + ", one thread, seconds of its processor time",
                measures);
    }

    private void small(int seeds, double factor) {
        List<CityRun> runs = runs(120, 40, 3, 20 * factor, seeds, true, true);
        measures.add(Measure.of("120 × 40 × 3: over the lower bound", "%", runs, CityRun::overBound)
                .atMost(2));
        suggestions("120 × 40 × 3", runs, null, null);
    }

    private void middle(int seeds, double factor) {
        List<CityRun> runs = runs(300, 60, 4, 30 * factor, seeds, false, true);
        measures.add(Measure.of("300 × 60 × 4: first plan", "s", runs, CityRun::firstSeconds)
                .atMost(0.5));
        suggestions("300 × 60 × 4", runs, 12.0, null);
    }

    private void large(int seeds, double factor) {
        List<CityRun> runs = runs(1200, 200, 8, 60 * factor, seeds, false, true);
        measures.add(Measure.of("1,200 × 200 × 8: first plan", "s", runs, CityRun::firstSeconds)
                .atMost(1));
        suggestions("1,200 × 200 × 8", runs, 12.0, 25.0);
        measures.add(Measure.of("1,200 × 200 × 8: heap", "MB", runs, CityRun::megabytes)
                .atMost(MEGABYTES_SMALL));
        measures.add(Measure.of("1,200 × 200 × 8: iterations", "/s", runs, CityRun::iterationsPerSecond));
        measures.add(Measure.of("rescue among 1,200: time", "s", runs, CityRun::rescueSeconds)
                .atMost(1));
        measures.add(Measure.of("rescue among 1,200: others moved", "", runs, CityRun::rescueMoved)
                .atMost(0));
        measures.add(Measure.of("rescue among 1,200: left out", "", runs, CityRun::rescueLeftOut)
                .atMost(0));
    }

    private void huge(int seeds, double factor) {
        List<CityRun> runs = runs(10_000, 800, 12, 120 * factor, seeds, false, false);
        measures.add(Measure.of("10,000 × 800 × 12: first plan", "s", runs, CityRun::firstSeconds)
                .atMost(3));
        measures.add(Measure.of("10,000 × 800 × 12: heap", "MB", runs, CityRun::megabytes)
                .atMost(MEGABYTES_LARGE));
        measures.add(Measure.of("10,000 × 800 × 12: under its first plan", "%", runs, CityRun::underFirst)
                .atLeast(5));
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

    private void instances(String kind, Path folder, int seeds, double factor) throws IOException {
        List<List<Solved>> runs = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            runs.add(PublicInstances.solve(folder, seed, 10 * factor, 60 * factor));
        }
        gaps(kind + ", up to 200 customers", runs, true, 0.5, 2);
        gaps(kind + ", more customers", runs, false, 2.5, 2.5);
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
