package org.lectern.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.lectern.bench.planning.City;
import org.lectern.bench.planning.CityRun;
import org.lectern.bench.planning.GeneratedInstances;
import org.lectern.bench.planning.LowerBound;
import org.lectern.bench.planning.Solomon;
import org.lectern.scheduler.planning.search.Budget;
import org.lectern.scheduler.planning.search.Instance;
import org.lectern.scheduler.planning.search.Plan;
import org.lectern.scheduler.planning.search.PlanCheck;
import org.lectern.scheduler.planning.search.Problem;
import org.lectern.scheduler.planning.search.Search;
import org.lectern.scheduler.planning.search.Settings;

/**
 * Plans the same instances with the search, Timefold Community and OR-Tools, each for the same seconds, one after
 * another. Plans of lectures are judged by {@link PlanCheck}. OR-Tools is only given routing instances: it has no even
 * share, and every lecturer's day would be a vehicle of its own kind.
 */
final class Peers {

    private Peers() {}

    public static void main(String[] given) throws IOException {
        Path root = Path.of(given[0]);
        int seeds = given.length < 2 ? 1 : Integer.parseInt(given[1]);
        double factor = given.length < 3 ? 1 : Double.parseDouble(given[2]);
        for (int seed = 1; seed <= seeds; seed++) {
            city(120, 40, 3, seed, 20 * factor);
            city(300, 60, 4, seed, 30 * factor);
        }
        Path folder = GeneratedInstances.write(root.resolve("deploy/bench/target/generated-instances"));
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(each -> each.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            routing(Solomon.read(file), 10 * factor);
        }
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static Plan search(Problem problem, long seed, Settings settings, double seconds) {
        return Search.start(
                        problem, Plan.empty(problem), seed, settings, Budget.of(duration(seconds)), System::nanoTime)
                .run(Search.Observer.NONE);
    }

    private static void city(int branches, int lecturers, int weeks, long seed, double seconds) {
        City city = new City(branches, lecturers, weeks, seed);
        Instance instance = city.instance(null);
        Problem problem = new Problem(instance);
        Plan own = search(problem, seed, Settings.USUAL, seconds);
        double bound = branches > 120
                ? Double.NaN
                : LowerBound.of(city, own.cost().minutes(), 400).minutes();
        row(city.name(), "own search", problem, own, bound);
        row(city.name(), "Timefold", problem, Timefold.plan(instance, duration(seconds)), bound);
    }

    private static void row(String city, String planner, Problem problem, Plan plan, double bound) {
        PlanCheck.Verdict verdict = PlanCheck.of(problem, plan);
        System.out.printf(
                Locale.ROOT,
                "%-22s %-12s %,12.0f minutes%s, %d days, %d left out, %d rules broken%n",
                city,
                planner,
                verdict.cost().minutes(),
                Double.isNaN(bound)
                        ? ""
                        : ", %.1f %% over bound".formatted(100 * (verdict.cost().minutes() / bound - 1)),
                CityRun.days(problem, plan),
                plan.leftOut().size(),
                verdict.broken().size());
    }

    private static void routing(Solomon solomon, double seconds) {
        Instance instance = solomon.instance();
        Problem problem = new Problem(instance);
        double own = solomon.length(search(problem, 1, Solomon.settings(), seconds));
        Plan timefold = Timefold.plan(instance, duration(seconds));
        double theirs = timefold.leftOut().isEmpty() ? solomon.length(timefold) : Double.NaN;
        long tools = OrTools.length(instance, (int) Math.max(1, Math.round(seconds)));
        System.out.printf(
                Locale.ROOT,
                "%-22s own search %10.2f, Timefold %10.2f (%+.2f %%), OR-Tools %10.2f (%+.2f %%)%n",
                solomon.name(),
                own,
                theirs,
                100 * (theirs / own - 1),
                (double) tools / Solomon.SCALE,
                100 * ((double) tools / Solomon.SCALE / own - 1));
    }
}
