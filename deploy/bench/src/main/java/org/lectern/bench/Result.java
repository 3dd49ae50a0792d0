package org.lectern.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of a benchmark.
 *
 * @param setting what was measured, and its size
 */
record Result(String setting, List<Measure> measures) {

    Result {
        measures = List.copyOf(measures);
    }

    boolean holds() {
        return measures.stream().allMatch(Measure::holds);
    }

    /** Combines several runs of the same benchmark. */
    static Result merged(List<Result> runs) {
        List<Measure> merged = new ArrayList<>();
        for (int i = 0; i < runs.getFirst().measures().size(); i++) {
            int index = i;
            merged.add(Measure.merged(
                    runs.stream().map(run -> run.measures().get(index)).toList()));
        }
        return new Result(runs.getFirst().setting(), merged);
    }
}
