package org.lectern.scheduler.csv;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Days;
import org.lectern.chassis.time.Years;
import org.lectern.scheduler.csv.RowOutcomes.Outcome;

/** One row of a file, parsed cell by cell. An invalid cell is recorded as an error and reads as empty. */
public final class Row {

    private static final int LONGEST_TEXT_QUOTED = 200;
    private static final Set<String> YES = Set.of("true", "yes", "y", "1", "是", "真");
    private static final Set<String> NO = Set.of("false", "no", "n", "0", "否", "假");

    private final long line;
    private final Map<String, String> cells;
    private final CsvImport run;
    private final Set<String> invalid = new HashSet<>();
    private @Nullable Set<String> flawedBefore;
    private @Nullable Outcome outcome;

    Row(long line, Map<String, String> cells, CsvImport run) {
        this.line = line;
        this.cells = cells;
        this.run = run;
    }

    public long line() {
        return line;
    }

    /** Whether the row has an error. */
    public boolean isFlawed() {
        return !invalid.isEmpty();
    }

    /** The clean text of a cell, or null when it is empty. */
    public @Nullable String text(String column) {
        String text = cells.getOrDefault(column, "");
        return text.isEmpty() ? null : text;
    }

    /** The clean text of a required cell; the rules of the request refuse an empty one. */
    public String required(String column) {
        String text = text(column);
        return text == null ? "" : text;
    }

    /** The number in a required cell. */
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
        return wholeNumber(column, text);
    }

    /** The number in a part of a cell. */
    public @Nullable Integer wholeNumber(String column, String text) {
        Integer number = WrittenNumber.whole(text, run.hasDecimalComma()).orElse(null);
        if (number == null) {
            error(column, "parameter.whole-number");
        }
        return number;
    }

    public @Nullable Double number(String column) {
        String text = text(column);
        if (text == null) {
            return null;
        }
        double number = WrittenNumber.read(text, run.hasDecimalComma())
                .map(BigDecimal::doubleValue)
                .orElse(Double.NaN);
        if (Double.isFinite(number)) {
            return number;
        }
        error(column, "cell.number");
        return null;
    }

    /** Yes or no in either language, or as spreadsheets write it; null when the cell is empty. */
    public @Nullable Boolean yesOrNo(String column) {
        String text = text(column);
        if (text == null) {
            return null;
        }
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        if (YES.contains(plain) || NO.contains(plain)) {
            return YES.contains(plain);
        }
        error(column, "cell.yes-or-no");
        return null;
    }

    /** A date, as people and spreadsheets write it; null when the cell is empty or has none. */
    public @Nullable LocalDate date(String column) {
        String text = text(column);
        LocalDate date = text == null ? null : WrittenTime.date(text).orElse(null);
        if (date != null && Years.accept(date.getYear())) {
            return date;
        }
        if (text != null) {
            Optional<String> impossible = Days.impossible(text);
            error(column, impossible.isPresent() ? "date.impossible" : "cell.date", impossible.orElse(""));
        }
        return null;
    }

    /** Whether the cell has the same value, in any of its spellings: a whole number. */
    public boolean isNumber(String column, int number) {
        String text = text(column);
        return text != null
                && WrittenNumber.whole(text, run.hasDecimalComma())
                        .filter(written -> written == number)
                        .isPresent();
    }

    /** The parts of a cell, separated by semicolons, also full-width ones. */
    public List<String> list(String column) {
        List<String> parts = new ArrayList<>();
        String text = text(column);
        if (text != null) {
            for (String part : text.split("[;；]", -1)) {
                if (!part.isBlank()) {
                    parts.add(part.strip());
                }
            }
        }
        return parts;
    }

    /** Records an error in a cell, with the message under that key; long arguments are truncated. */
    public void error(String column, String key, Object... arguments) {
        invalid.add(column);
        Object[] quoted = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            quoted[i] = arguments[i] instanceof String text ? Quoted.of(text, LONGEST_TEXT_QUOTED) : arguments[i];
        }
        run.note(line, column, key, quoted);
    }

    /** Records a conflict of this row with another line of the file; the detail is a resolved text. */
    public void inTheWay(String column, Row other, String detail) {
        invalid.add(column);
        run.add(new RowError(line, column, detail, other.line, null));
    }

    /** Records a conflict of this row with a booking. */
    public void inTheWay(String column, UUID booking, String detail) {
        invalid.add(column);
        run.add(new RowError(line, column, detail, null, booking));
    }

    /** Whether the file has that column. */
    public boolean has(String column) {
        return cells.containsKey(column);
    }

    void outcome(Outcome reached) {
        outcome = reached;
    }

    Outcome outcome() {
        return outcome == null || isFlawed() ? Outcome.REFUSED : outcome;
    }

    /** Begins an attempt at the transaction and resets the row to the errors from before it. */
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
