package org.lectern.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.fault.FaultPlan;

/**
 * The options of the command line.
 *
 * @param length the length of each run
 * @param seeds one run per seed, in sequence
 * @param named faults that replace those drawn from the seed
 * @param faults false to run the load only
 */
record Options(
        Duration length,
        List<Long> seeds,
        int organizers,
        List<String> named,
        boolean faults,
        Path data,
        @Nullable Path against,
        boolean plan) {

    static final String USAGE = """
            Usage: deploy/chaos/chaos [options]

            Runs two replicas of each service with PostgreSQL, Kafka and a mail server, lets organizers work with bookings
            and lecture requests, injects faults, and then checks from both databases, the topics, the mails and every
            answer whether anything was lost, double-booked, out of order or done twice.

              --minutes N      how long each run is (default 3; fractions are fine)
              --seed S[,S…]    what happens: load and faults are drawn from it (default: from the clock, and printed);
                               several are run one after the other
              --seeds N        N random seeds, one after the other, and a table of them
              --organizers N   how many work at a time (default 6)
              --faults A,B,…   these faults, one after the other, instead of those drawn from the seed; "all" for every one
              --no-faults      only the load
              --against FILE   a system that runs already, such as a staging one: only load and verdict, in a city of
                               the run's own; deploy/chaos/README.md says what the file says
              --data DIR       where logs, journal and data go (default deploy/chaos/target/run)
              --plan           print the faults of the seed, and end
              --help           this text
            """;

    private static final int SEEDS_AT_MOST = 1000;
    private static final int SEED_BOUND = 1_000_000_000;

    /** @throws IllegalArgumentException if an option is not understood */
    static Options parse(Path data, String... arguments) {
        double minutes = 3;
        Set<Long> seeds = new LinkedHashSet<>();
        int organizers = 6;
        List<String> named = List.of();
        boolean faults = true;
        boolean plan = false;
        Path against = null;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--minutes" -> minutes = Double.parseDouble(arguments[++i]);
                    case "--seed" ->
                        Arrays.stream(arguments[++i].split(",", -1))
                                .map(Long::valueOf)
                                .forEach(seeds::add);
                    case "--seeds" -> random(Integer.parseInt(arguments[++i]), seeds);
                    case "--organizers" -> organizers = Integer.parseInt(arguments[++i]);
                    case "--data" -> data = Path.of(arguments[++i]).toAbsolutePath();
                    case "--faults" -> named = List.of(arguments[++i].split(",", -1));
                    case "--no-faults" -> faults = false;
                    case "--plan" -> plan = true;
                    case "--against" -> against = Path.of(arguments[++i]).toAbsolutePath();
                    default -> throw new IllegalArgumentException("Unknown option " + arguments[i]);
                }
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("An option has no value, or one that is no number", e);
        }
        if (!(minutes > 0 && minutes <= 24 * 60) || organizers < 1 || organizers > 200) {
            throw new IllegalArgumentException("--minutes must be above 0, --organizers 1 to 200");
        }
        if (against != null) {
            if (!named.isEmpty() || plan) {
                throw new IllegalArgumentException("With --against the faults are yours to make, not this command's");
            }
            faults = false;
        }
        if (seeds.isEmpty()) {
            random(1, seeds);
        }
        Duration length = named.isEmpty() ? Duration.ofMillis((long) (minutes * 60_000)) : Duration.ZERO;
        Options options = new Options(length, List.copyOf(seeds), organizers, named, faults, data, against, plan);
        options.planOf(options.seeds().getFirst()); // refuses names of unknown faults
        return options;
    }

    private static void random(int count, Set<Long> seeds) {
        if (count < 1 || count > SEEDS_AT_MOST) {
            throw new IllegalArgumentException("--seeds must be 1 to " + SEEDS_AT_MOST);
        }
        Random random = new Random();
        int wanted = seeds.size() + count;
        while (seeds.size() < wanted) {
            seeds.add((long) random.nextInt(SEED_BOUND));
        }
    }

    FaultPlan planOf(long seed) {
        if (!named.isEmpty()) {
            return FaultPlan.named(seed, named);
        }
        return faults ? FaultPlan.drawn(seed, length) : FaultPlan.none();
    }

    /** The options that repeat the run of one seed. */
    String repeat(long seed) {
        List<String> words = new ArrayList<>();
        if (against != null) {
            words.add("--against " + against);
        }
        if (named.isEmpty()) {
            words.add(String.format(Locale.ROOT, "--minutes %.2f", length.toMillis() / 60_000.0));
        } else {
            words.add("--faults " + String.join(",", named));
        }
        if (!faults && against == null) {
            words.add("--no-faults");
        }
        words.add("--seed " + seed);
        words.add("--organizers " + organizers);
        return String.join(" ", words);
    }
}
