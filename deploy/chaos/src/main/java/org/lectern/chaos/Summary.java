package org.lectern.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.lectern.chaos.verdict.Violation;

/** A table of the runs of several seeds. */
final class Summary {

    private static final String ROW = "  %10s  %10s  %6s  %7s  %s";

    private final List<Run> runs = new ArrayList<>();

    private record Run(long seed, int operations, long faults, String verdict, boolean kept, Duration took) {}

    void add(Verdict verdict, Duration took) {
        String broken = verdict.violations().stream()
                .map(Violation::promise)
                .distinct()
                .map(Violation.Promise::label)
                .collect(Collectors.joining(", "));
        runs.add(new Run(
                verdict.seed(),
                verdict.evidence().calls().size(),
                verdict.happened(),
                verdict.kept() ? "kept" : "BROKEN: " + broken,
                verdict.kept(),
                took));
    }

    /** A run that ended without a verdict. */
    void failed(long seed, String why, Duration took) {
        runs.add(new Run(seed, 0, 0, "FAILED: " + why, false, took));
    }

    /** True if there was at least one run and every run kept every promise. */
    boolean kept() {
        return !runs.isEmpty() && runs.stream().allMatch(Run::kept);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(row("seed", "operations", "faults", "seconds", "verdict"));
        for (Run run : runs) {
            lines.add(row(
                    Long.toString(run.seed()),
                    Integer.toString(run.operations()),
                    Long.toString(run.faults()),
                    Long.toString(run.took().toSeconds()),
                    run.verdict()));
        }
        return lines;
    }

    private static String row(String seed, String operations, String faults, String seconds, String verdict) {
        return String.format(Locale.ROOT, ROW, seed, operations, faults, seconds, verdict);
    }
}
