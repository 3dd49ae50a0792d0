package org.lectern.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** One figure of a benchmark: the median and spread of its repetitions, and its limit if there is one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Measure(
        String name,
        String unit,
        double value,
        double least,
        double most,
        @Nullable Goal goal,
        @Nullable Boolean passed) {

    /** A limit: at least or at most this value. */
    record Goal(String is, double bound) {

        boolean isMetBy(double value) {
            return is.equals(AT_LEAST) ? value >= bound : value <= bound;
        }

        @Override
        public String toString() {
            return (is.equals(AT_LEAST) ? "≥ " : "≤ ") + written(bound);
        }
    }

    private static final String AT_LEAST = "at least";
    private static final String AT_MOST = "at most";

    /** The figure of repetitions within one run. */
    static Measure of(String name, String unit, double... values) {
        Summary summary = Summary.of(values);
        return new Measure(name, unit, summary.median(), summary.least(), summary.most(), null, null);
    }

    /** The figure of one value of each repetition within one run. */
    static <T> Measure of(String name, String unit, List<T> repetitions, ToDoubleFunction<T> value) {
        return of(name, unit, repetitions.stream().mapToDouble(value).toArray());
    }

    Measure atLeast(double bound) {
        return with(new Goal(AT_LEAST, bound));
    }

    Measure atMost(double bound) {
        return with(new Goal(AT_MOST, bound));
    }

    private Measure with(@Nullable Goal asked) {
        return new Measure(name, unit, value, least, most, asked, asked == null ? null : asked.isMetBy(value));
    }

    /** True if there is no limit or the limit is met. */
    boolean holds() {
        return passed == null || passed;
    }

    /** The same figure of several runs; their median counts. */
    static Measure merged(List<Measure> runs) {
        Measure first = runs.getFirst();
        Summary summary = Summary.of(runs.stream().mapToDouble(Measure::value).toArray());
        return new Measure(
                        first.name,
                        first.unit,
                        summary.median(),
                        runs.stream().mapToDouble(Measure::least).min().orElseThrow(),
                        runs.stream().mapToDouble(Measure::most).max().orElseThrow(),
                        null,
                        null)
                .with(first.goal);
    }

    static String header() {
        return String.format(Locale.ROOT, "%-46s %10s %-6s %10s %10s", "", "median", "", "least", "most");
    }

    String row() {
        String verdict = goal == null ? "" : "  " + (holds() ? "PASS" : "FAIL") + ", the goal is " + goal;
        return String.format(
                        Locale.ROOT,
                        "%-46s %10s %-6s %10s %10s%s",
                        name,
                        written(value),
                        unit,
                        written(least),
                        written(most),
                        verdict)
                .stripTrailing();
    }

    /** Formats with the number of significant decimals. */
    static String written(double value) {
        double size = Math.abs(value);
        return String.format(
                Locale.ROOT, size >= 1000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
