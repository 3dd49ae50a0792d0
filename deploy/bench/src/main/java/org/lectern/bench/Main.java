package org.lectern.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs benchmarks, each in its own process with its own engines. Several rounds alternate: every benchmark once, then
 * every benchmark again. It prints one table of all results and writes each as JSON to
 * {@code deploy/bench/target/results}.
 */
public final class Main {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> NAMES = List.of(
            "bookings",
            "journey",
            "fanout",
            "availability",
            "coverage",
            "reading",
            "relay",
            "startup",
            "planning",
            "suggestions",
            "publication");

    private Main() {}

    /**
     * {@code Main run ROOT TIMES [NAME…]}, {@code Main alone ROOT NAME [ARGUMENT…]}, or
     * {@code Main child ROOT NAME FILE [ARGUMENT…]}.
     */
    public static void main(String[] given) throws Exception {
        List<String> arguments = List.of(given);
        Path root = Path.of(arguments.get(1));
        List<String> rest = arguments.subList(2, arguments.size());
        boolean passed = switch (arguments.getFirst()) {
            case "run" -> run(root, Integer.parseInt(rest.getFirst()), rest.subList(1, rest.size()));
            case "alone" -> runs(root, 1, List.of(rest.getFirst()), rest.subList(1, rest.size()));
            case "child" -> child(root, rest.getFirst(), Path.of(rest.get(1)), rest.subList(2, rest.size()));
            default -> throw new IllegalArgumentException(arguments.getFirst());
        };
        System.exit(passed ? 0 : 1);
    }

    private static boolean run(Path root, int times, List<String> names) throws IOException, InterruptedException {
        return runs(root, times, names.isEmpty() ? NAMES : names, List.of());
    }

    private static boolean runs(Path root, int times, List<String> names, List<String> arguments)
            throws IOException, InterruptedException {
        for (String name : names) {
            if (!NAMES.contains(name)) {
                System.err.println("There is no benchmark " + name + ", only " + String.join(", ", NAMES));
                return false;
            }
        }
        Map<String, String> machine = Machine.facts(root);
        Path results = Files.createDirectories(root.resolve("deploy/bench/target/results"));
        Map<String, List<Result>> found = new LinkedHashMap<>();
        for (int i = 1; i <= times; i++) {
            for (String name : names) {
                System.out.printf(Locale.ROOT, "--- %s, %d of %d%n", name, i, times);
                Path file = results.resolve(name + "-" + i + ".run.json");
                Files.deleteIfExists(file);
                process(root, name, file, arguments);
                if (Files.exists(file)) {
                    found.computeIfAbsent(name, each -> new ArrayList<>())
                            .add(JSON.readValue(file.toFile(), Result.class));
                }
            }
        }
        System.out.println();
        machine.forEach((name, value) -> System.out.printf(Locale.ROOT, "%-12s %s%n", name, value));
        boolean passed = true;
        for (String name : names) {
            List<Result> runs = found.getOrDefault(name, List.of());
            System.out.println();
            if (runs.isEmpty()) {
                System.out.println(name + ": FAIL, it broke off");
                passed = false;
                continue;
            }
            Result result = Result.merged(runs);
            Map<String, Object> written = new LinkedHashMap<>();
            written.put("name", name);
            written.put("machine", machine);
            written.put("brokenOff", times - runs.size());
            written.put("result", result);
            written.put("runs", runs);
            JSON.writerWithDefaultPrettyPrinter()
                    .writeValue(results.resolve(name + ".json").toFile(), written);
            boolean whole = runs.size() == times;
            passed &= whole && result.holds();
            System.out.printf(
                    Locale.ROOT,
                    "%s: %s, %d of %d runs%n%s%n%s%n",
                    name,
                    whole && result.holds() ? "PASS" : "FAIL",
                    runs.size(),
                    times,
                    result.setting(),
                    Measure.header());
            result.measures().forEach(measure -> System.out.println(measure.row()));
        }
        return passed;
    }

    private static void process(Path root, String name, Path file, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.util.logging.config.file=" + root.resolve("deploy/bench/quiet.properties"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "child",
                root.toString(),
                name,
                file.toString()));
        command.addAll(arguments);
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static boolean child(Path root, String name, Path file, List<String> arguments) throws Exception {
        Result result = bench(name).run(root, arguments);
        JSON.writeValue(file.toFile(), result);
        return true;
    }

    private static Bench bench(String name) {
        return switch (name) {
            case "bookings" -> new BookingsBench();
            case "journey" -> new JourneyBench();
            case "fanout" -> new FanoutBench();
            case "availability" -> new AvailabilityBench();
            case "coverage" -> new CoverageBench();
            case "reading" -> new ReadingBench();
            case "relay" -> new RelayBench();
            case "startup" -> new StartupBench();
            case "planning" -> new PlanningBench();
            case "suggestions" -> new SuggestionsBench();
            case "publication" -> new PublicationBench();
            default -> throw new IllegalArgumentException(name);
        };
    }
}
