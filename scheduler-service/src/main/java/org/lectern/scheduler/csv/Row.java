package org.lectern.scheduler.csv;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of a file, read cell by cell; what cannot be read is noted and reads as nothing. */
public final class Row {

    private static final int LONGEST_TEXT_QUOTED = 200;

    private final long line;
    private final Map<String, String> cells;
    private final CsvImport run;
    private final Set<String> invalid = new HashSet<>();
    private @Nullable Set<String> flawedBefore;

    Row(long line, Map<String, String> cells, CsvImport run) {
        this.line = line;
        this.cells = cells;
        this.run = run;
    }

    public long line() {
        return line;
    }

    /** Whether anything in this row is wrong. */
    public boolean isFlawed() {
        return !invalid.isEmpty();
    }

    /** The trimmed text of a cell, or nothing when it is empty. */
    public @Nullable String text(String column) {
        String text = cells.getOrDefault(column, "").strip();
        return text.isEmpty() ? null : text;
    }

    /** The trimmed text of a cell that must not be empty; an empty one is left to the rules of the request. */
    public String required(String column) {
        String text = text(column);
        return text == null ? "" : text;
    }

    /** The number in a cell that must have one. */
    public int requiredNumber(String column) {
        Integer number = wholeNumber(column);
        if (number == null && !isFlawedAt(column)) {
            error(column, "parameter.whole-number");
        }
        return number == null ? 0 : number;
    }

    public @Nullable Integer wholeNumber(String column) {
        String text = text(column);
        if (text == null) {
            return null;
        }
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            error(column, "parameter.whole-number");
            return null;
        }
    }

    public @Nullable Double number(String column) {
        String text = text(column);
        if (text == null) {
            return null;
        }
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the error
        }
        error(column, "cell.number");
        return null;
    }

    /** {@code true} or {@code false}; nothing when the cell is empty. */
    public @Nullable Boolean yesOrNo(String column) {
        String text = text(column);
        if (text == null || text.equals("true") || text.equals("false")) {
            return text == null ? null : Boolean.valueOf(text);
        }
        error(column, "one-of", "false, true");
        return null;
    }

    /** The parts of a cell between semicolons. */
    public List<String> list(String column) {
        List<String> parts = new ArrayList<>();
        String text = text(column);
        if (text != null) {
            for (String part : text.split(";", -1)) {
                if (!part.isBlank()) {
                    parts.add(part.strip());
                }
            }
        }
        return parts;
    }

    /** Notes that a cell is wrong, with the text under that key; long arguments are cut. */
    public void error(String column, String key, Object... arguments) {
        invalid.add(column);
        Object[] quoted = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            quoted[i] = arguments[i] instanceof String text ? Quoted.of(text, LONGEST_TEXT_QUOTED) : arguments[i];
        }
        run.note(line, column, key, quoted);
    }

    /** Notes that another line of the file is in the way of this row; the detail is a text that was looked up before. */
    public void inTheWay(String column, Row other, String detail) {
        invalid.add(column);
        run.add(new RowError(line, column, detail, other.line, null));
    }

    /** Notes that a booking is in the way of this row. */
    public void inTheWay(String column, UUID booking, String detail) {
        invalid.add(column);
        run.add(new RowError(line, column, detail, null, booking));
    }

    /** Whether the file has that column. */
    public boolean has(String column) {
        return cells.containsKey(column);
    }

    /** Begins an attempt at the transaction: only what was wrong before it is wrong again. */
    void begin() {
        if (flawedBefore == null) {
            flawedBefore = Set.copyOf(invalid);
        } else {
            invalid.retainAll(flawedBefore);
        }
    }

    boolean isFlawedAt(String column) {
        return invalid.contains(column);
    }

    void invalid(String column) {
        invalid.add(column);
    }
}
