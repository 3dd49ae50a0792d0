package org.lectern.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What a benchmark found.
 *
 * @param setting what was measured, of what size
 */
record Result(String setting, List<Measure> measures) {

    Result {
        measures = List.copyOf(measures);
    }

    boolean holds() {
        return measures.stream().allMatch(Measure::holds);
    }

    /** The same benchmark run several times. */
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
