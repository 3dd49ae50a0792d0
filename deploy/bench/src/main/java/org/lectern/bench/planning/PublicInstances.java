package org.lectern.bench.planning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.lectern.scheduler.planning.search.Budget;
import org.lectern.scheduler.planning.search.Plan;
import org.lectern.scheduler.planning.search.Problem;
import org.lectern.scheduler.planning.search.Search;

/**
 * Vehicle routing instances in Solomon's format from a folder of the user: every {@code .txt} file, and beside them
 * {@code best-known.csv} with lines {@code NAME,DISTANCE}. The same search solves them.
 */
public final class PublicInstances {

    /**
     * What the search made of an instance.
     *
     * @param gap to the best known distance in percent; NaN if that is not known
     */
    public record Solved(String name, int customers, double distance, double gap) {}

    private PublicInstances() {}

    /**
     * Solves all instances of a folder.
     *
     * @param seconds for up to 200 customers
     * @param secondsLarge for more
     */
    public static List<Solved> solve(Path folder, long seed, double seconds, double secondsLarge) throws IOException {
        Map<String, Double> known = known(folder.resolve("best-known.csv"));
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(each -> each.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
        List<Solved> solved = new ArrayList<>();
        for (Path file : files) {
            Solomon instance = Solomon.read(file);
            int customers = instance.depotAndCustomers().size() - 1;
            double limit = customers <= 200 ? seconds : secondsLarge;
            Problem problem = instance.problem();
            Plan plan = Search.start(
                            problem,
                            Plan.empty(problem),
                            seed,
                            Solomon.settings(),
                            Budget.of(Duration.ofMillis(Math.round(limit * 1000))),
                            CityRun::processorNanos)
                    .run(Search.Observer.NONE);
            if (!plan.leftOut().isEmpty()) {
                throw new IllegalStateException(
                        instance.name() + ": " + plan.leftOut().size() + " customers are left out");
            }
            double distance = instance.length(plan);
            Double best = known.get(instance.name().toUpperCase(Locale.ROOT));
            double gap = best == null ? Double.NaN : 100 * (distance / best - 1);
            solved.add(new Solved(instance.name(), customers, distance, gap));
            System.out.printf(Locale.ROOT, "%-10s %5d %12.2f %8.2f %%%n", instance.name(), customers, distance, gap);
        }
        return solved;
    }

    private static Map<String, Double> known(Path file) throws IOException {
        Map<String, Double> known = new HashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(",");
                if (parts.length == 2) {
                    known.put(parts[0].strip().toUpperCase(Locale.ROOT), Double.parseDouble(parts[1].strip()));
                }
            }
        }
        return known;
    }
}
