package org.lectern.scheduler.csv;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.csv.CsvRecords.Cells;

/**
 * One run over a CSV file (RFC 4180, header required; what {@link CsvFile} and {@link Columns} say of its encoding and
 * its headings). Collects the errors of all rows before it refuses, so that a person corrects the file once. The time it
 * takes grows with the size of the file, and what it reports is bounded. It is read before the transaction that stores it.
 */
public final class CsvImport {

    /** Files with more rows must be sent in several parts. */
    public static final int MOST_ROWS = 10_000;

    /** No cell that we read is longer. */
    static final int MOST_CHARACTERS = 10_000;

    /** More than any file has that we read. */
    static final int MOST_COLUMNS = 100;

    /** Errors of the header that are listed; the others are counted. */
    private static final int MOST_FLAWS = 20;

    /** Errors of rows that are listed; the others are counted. */
    private static final int MOST_ERRORS = 200;

    private static final int LONGEST_HEADING_QUOTED = 50;

    private final List<Row> rows = new ArrayList<>();
    private final Messages messages;
    private final List<RowError> errors = new ArrayList<>();
    private int errorCount;
    private int created;
    private int updated;
    private int unchanged;
    private @Nullable Found found;

    /** What was found before the transaction. */
    private record Found(List<RowError> errors, int errorCount, int unchanged) {}

    /**
     * Reads the file.
     *
     * @param columns all that may stand in the header, in any order
     * @param required those that must
     * @throws InvalidRequest when it is no such file at all
     */
    public CsvImport(CsvFile file, List<String> columns, Set<String> required, Messages messages) {
        this(file, columns, required, MOST_ROWS, messages);
    }

    /** The same for files of at most so many rows. */
    public CsvImport(CsvFile file, List<String> columns, Set<String> required, int mostRows, Messages messages) {
        this.messages = messages;
        var records = new CsvRecords(file.text(), MOST_COLUMNS);
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
        Set<String> header = new LinkedHashSet<>();
        for (String heading : headings.cells()) {
            String column = known.meantBy(heading).orElse(null);
            if (column == null) {
                String shown = Quoted.of(heading, LONGEST_HEADING_QUOTED);
                violations.add(new Violation("", "csv.unknown-column", shown, String.join(", ", columns)));
            } else if (!header.add(column)) {
                violations.add(new Violation("", "csv.column-twice", column));
            }
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
        for (int i = 0; i < Math.min(cells.count(), header.size()); i++) {
            texts.put(header.get(i), Formula.original(cells.cells().get(i)));
        }
        Row row = new Row(cells.line(), texts, this);
        if (cells.count() != header.size()) {
            row.error("", "csv.cells", cells.count(), header.size());
        }
        texts.forEach((column, text) -> {
            if (text.length() > MOST_CHARACTERS) {
                row.error(column, "csv.cell-too-long", MOST_CHARACTERS);
            }
        });
        return row;
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
     * The requests that the rows amount to, in their order, as far as they keep the rules of the API; whatever breaks
     * a rule is noted under its column.
     */
    public <R> Map<Row, R> valid(Function<Row, R> reading, Validator validator) {
        return valid(rows, reading, path -> path.substring(path.lastIndexOf('.') + 1), validator);
    }

    /**
     * The same for some rows.
     *
     * @param columnOf the column that says what stands at a path of the request
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
     * Begins an attempt at the transaction. What an earlier attempt noted and counted is forgotten: it was rolled back.
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
            errorCount++; // a text that is not shown need not be written
        }
    }

    void add(RowError error) {
        errorCount++;
        if (errors.size() < MOST_ERRORS) {
            errors.add(error);
        }
    }

    public void created() {
        created++;
    }

    /** Counts a row whose code existed. */
    public void kept(boolean changed) {
        if (changed) {
            updated++;
        } else {
            unchanged++;
        }
    }

    /**
     * The report of this run.
     *
     * @throws ImportRefused when it is a real run with errors
     */
    public ImportReport report(boolean dryRun) {
        errors.sort(Comparator.comparingLong(RowError::line).thenComparing(RowError::column));
        if (!dryRun && !errors.isEmpty()) {
            throw new ImportRefused(List.copyOf(errors), errorCount);
        }
        return new ImportReport(dryRun, rows.size(), created, updated, unchanged, errorCount, List.copyOf(errors));
    }
}
