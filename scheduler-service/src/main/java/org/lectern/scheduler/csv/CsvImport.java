package org.lectern.scheduler.csv;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.text.CleanText;
import org.lectern.scheduler.csv.CsvRecords.Cells;
import org.lectern.scheduler.csv.RowOutcomes.Outcome;

/**
 * One import of a CSV file (RFC 4180, header required; see {@link CsvFile} for the encoding and {@link Columns} for the
 * headings). It collects the errors of all rows, so that a person corrects the file once. Time is linear in the file
 * size, and the report is bounded. The file is parsed before the storing transaction begins.
 */
public final class CsvImport {

    /** The maximum number of rows; larger files must be split. */
    public static final int MOST_ROWS = 10_000;

    /** The maximum length of a cell. */
    static final int MOST_CHARACTERS = 10_000;

    /** The maximum number of columns. */
    static final int MOST_COLUMNS = 100;

    /** The maximum number of header errors in a report; further ones are only counted. */
    private static final int MOST_FLAWS = 20;

    /** The maximum number of row errors in a report; further ones are only counted. */
    private static final int MOST_ERRORS = 200;

    private static final int LONGEST_HEADING_QUOTED = 50;

    /** A column without a heading; it must be empty. */
    private static final String NONE = "";

    private final List<Row> rows = new ArrayList<>();
    private final Messages messages;
    private final boolean decimalComma;
    private final List<RowError> errors = new ArrayList<>();
    private int errorCount;
    private int created;
    private int updated;
    private int unchanged;
    private @Nullable Found found;

    /** The results from before the transaction. */
    private record Found(List<RowError> errors, int errorCount, int unchanged) {}

    /**
     * Parses the file.
     *
     * @param columns all permitted columns, in any order
     * @param required the mandatory columns
     * @throws InvalidRequest when the file is not such a CSV file
     */
    public CsvImport(CsvFile file, List<String> columns, Set<String> required, Messages messages) {
        this(file, columns, required, MOST_ROWS, messages);
    }

    /** The same with a maximum number of rows. */
    public CsvImport(CsvFile file, List<String> columns, Set<String> required, int mostRows, Messages messages) {
        this.messages = messages;
        var records = new CsvRecords(file.text(), MOST_COLUMNS);
        decimalComma = records.separator() == ';';
        List<String> header = List.of();
        for (Cells cells = records.next(); cells != null; cells = records.next()) {
            if (cells.isBlank()) {
                continue;
            }
            if (header.isEmpty()) {
                header = header(cells, columns, required);
            } else if (rows.size() == mostRows) {
                throw new InvalidRequest("", "csv.too-many-rows", mostRows);
            } else {
                rows.add(row(cells, header));
            }
        }
        if (header.isEmpty()) {
            throw new InvalidRequest("", "csv.malformed");
        }
        unique();
    }

    private List<String> header(Cells headings, List<String> columns, Set<String> required) {
        if (headings.count() > MOST_COLUMNS) {
            throw new InvalidRequest("", "csv.too-many-columns", headings.count(), MOST_COLUMNS);
        }
        Columns known = new Columns(columns, messages);
        List<Violation> violations = new ArrayList<>();
        List<String> header = new ArrayList<>();
        for (String heading : headings.cells()) {
            String column = heading.isBlank() ? NONE : known.meantBy(heading).orElse(null);
            if (column == null) {
                String shown = Quoted.of(heading, LONGEST_HEADING_QUOTED);
                violations.add(new Violation("", "csv.unknown-column", shown, String.join(", ", columns)));
            } else if (!column.equals(NONE) && header.contains(column)) {
                violations.add(new Violation("", "csv.column-twice", column));
            }
            header.add(column == null ? NONE : column);
        }
        for (String column : required) {
            if (!header.contains(column)) {
                violations.addFirst(new Violation("", "csv.missing-column", column));
            }
        }
        if (violations.size() > MOST_FLAWS) {
            List<Violation> more = violations.subList(MOST_FLAWS, violations.size());
            int left = more.size();
            more.clear();
            violations.add(new Violation("", "csv.more-errors", left));
        }
        InvalidRequest.unlessEmpty(violations);
        return List.copyOf(header);
    }

    private Row row(Cells cells, List<String> header) {
        Map<String, String> texts = new HashMap<>();
        Row row = new Row(cells.line(), texts, this);
        for (int i = 0; i < header.size(); i++) {
            String column = header.get(i);
            String cell = i < cells.cells().size() ? cells.cells().get(i) : "";
            if (!column.equals(NONE)) {
                texts.put(column, text(row, column, cell));
            } else if (!cell.isBlank()) {
                row.error("", "csv.heading-missing", i + 1);
            }
        }
        if (cells.count() > header.size()) {
            row.error("", "csv.cells", cells.count(), header.size());
        }
        return row;
    }

    /** The clean text of a cell; hidden characters and too many of them are errors. */
    private static String text(Row row, String column, String cell) {
        if (cell.length() > MOST_CHARACTERS) {
            row.error(column, "csv.cell-too-long", MOST_CHARACTERS);
        }
        String text = CleanText.of(Formula.original(cell));
        OptionalInt hidden = CleanText.hidden(text);
        if (hidden.isPresent()) {
            row.error(column, "text.hidden", CleanText.name(hidden.getAsInt()));
        }
        return text;
    }

    /** Whether the comma is the decimal mark of numbers in this file. */
    boolean hasDecimalComma() {
        return decimalComma;
    }

    private void unique() {
        Map<String, Long> lines = new HashMap<>();
        for (Row row : rows) {
            String code = row.text("code");
            Long earlier = code == null ? null : lines.putIfAbsent(code, row.line());
            if (earlier != null) {
                row.error("code", "csv.code-twice", earlier);
            }
        }
    }

    public List<Row> rows() {
        return rows;
    }

    /**
     * Converts the rows to requests, in order, and keeps the valid ones. Each violation is recorded under its column.
     */
    public <R> Map<Row, R> valid(Function<Row, R> reading, Validator validator) {
        return valid(rows, reading, path -> path.substring(path.lastIndexOf('.') + 1), validator);
    }

    /**
     * The same for some rows.
     *
     * @param columnOf the column for a path of the request
     */
    public <R> Map<Row, R> valid(
            List<Row> some, Function<Row, R> reading, UnaryOperator<String> columnOf, Validator validator) {
        Map<Row, R> valid = new LinkedHashMap<>();
        for (Row row : some) {
            R request = reading.apply(row);
            for (ConstraintViolation<R> violation : validator.validate(request)) {
                String column = columnOf.apply(violation.getPropertyPath().toString());
                if (!row.isFlawedAt(column)) {
                    row.invalid(column);
                    add(new RowError(row.line(), column, violation.getMessage()));
                }
            }
            if (!row.isFlawed()) {
                valid.put(row, request);
            }
        }
        return valid;
    }

    /**
     * Begins an attempt at the transaction and discards the errors and counts of an earlier attempt, which was rolled
     * back.
     */
    public void begin() {
        Found before = found;
        if (before == null) {
            before = new Found(List.copyOf(errors), errorCount, unchanged);
            found = before;
        }
        errors.clear();
        errors.addAll(before.errors());
        errorCount = before.errorCount();
        created = 0;
        updated = 0;
        unchanged = before.unchanged();
        rows.forEach(Row::begin);
    }

    void note(long line, String column, String key, Object... arguments) {
        if (errors.size() < MOST_ERRORS) {
            add(new RowError(line, column, messages.text(key, arguments)));
        } else {
            errorCount++; // skip formatting errors that are not listed
        }
    }

    void add(RowError error) {
        errorCount++;
        if (errors.size() < MOST_ERRORS) {
            errors.add(error);
        }
    }

    /** Counts a row that creates an entry. */
    public void created(Row row) {
        row.outcome(Outcome.CREATED);
        created++;
    }

    /** Counts a row with an existing code. */
    public void kept(Row row, boolean changed) {
        row.outcome(changed ? Outcome.UPDATED : Outcome.UNCHANGED);
        if (changed) {
            updated++;
        } else {
            unchanged++;
        }
    }

    /**
     * Refuses the file if it has errors so far; a dry run continues.
     *
     * @throws ImportRefused when a real run has errors
     */
    public void demandFlawless(boolean dryRun) {
        errors.sort(Comparator.comparingLong(RowError::line).thenComparing(RowError::column));
        if (!dryRun && !errors.isEmpty()) {
            throw new ImportRefused(List.copyOf(errors), errorCount);
        }
    }

    /**
     * The report of this import.
     *
     * @throws ImportRefused when a real run has errors
     */
    public ImportReport report(boolean dryRun) {
        demandFlawless(dryRun);
        var outcomes = new RowOutcomes.Builder();
        rows.forEach(row -> outcomes.add(row.line(), row.outcome()));
        return new ImportReport(
                dryRun,
                rows.size(),
                created,
                updated,
                unchanged,
                errorCount,
                List.copyOf(errors),
                outcomes.build(),
                null,
                null);
    }
}
