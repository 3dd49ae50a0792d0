package org.lectern.scheduler.csv;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Consecutive rows of a file with the same outcome. */
@Schema(name = "RowOutcomes")
public record RowOutcomes(
        @Schema(description = "The line of the first row; the header is line 1. In JSON the n-th day", examples = "2")
        long fromLine,

        @Schema(description = "The line of the last row", examples = "101")
        long toLine,

        @Schema(examples = "100") int rows,
        Outcome outcome) {

    /** The outcome of a row. */
    @Schema(name = "RowOutcome")
    public enum Outcome {
        CREATED,
        UPDATED,
        UNCHANGED,
        /** It has errors. */
        REFUSED
    }

    /** Collects the outcomes of rows in the order of the file. */
    public static final class Builder {

        private final List<RowOutcomes> all = new ArrayList<>();

        public void add(long line, Outcome outcome) {
            RowOutcomes last = all.isEmpty() ? null : all.getLast();
            if (last != null && last.outcome() == outcome) {
                all.removeLast();
                all.add(new RowOutcomes(last.fromLine(), line, last.rows() + 1, outcome));
            } else {
                all.add(new RowOutcomes(line, line, 1, outcome));
            }
        }

        public List<RowOutcomes> build() {
            return List.copyOf(all);
        }
    }
}
