package org.lectern.scheduler.importing;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.lectern.scheduler.problem.Flaw;
import org.lectern.scheduler.problem.InvalidRequest;
import org.lectern.scheduler.problem.Messages;

/**
 * One run over a CSV file (RFC 4180, header required; what {@link CsvFile} and {@link Columns} say of its encoding and
 * its headings). Collects every error before it refuses, so that a person mends the file once.
 */
public final class CsvImport {

    /** More rows than that are to be sent in several files. */
    public static final int MOST_ROWS = 10_000;

    /** No cell that we read is longer. */
    static final int MOST_CHARACTERS = 10_000;

    private static final int MOST_ERRORS = 200;

    private final List<RowError> errors = new ArrayList<>();
    private int errorCount;
    private final List<Row> rows = new ArrayList<>();
    private final Messages messages;
    private int created;
    private int updated;
    private int unchanged;

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
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setIgnoreEmptyLines(false)
                .setTrim(true)
                .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(file.text()), format)) {
            List<String> header = List.of();
            long line = 0;
            for (CSVRecord cells : parser) {
                // a cell may span lines: the first line of the row counts
                long first = line + 1;
                line = parser.getCurrentLineNumber();
                if (isBlank(cells)) {
                    continue;
                }
                if (header.isEmpty()) {
                    header = header(cells, columns, required);
                } else if (rows.size() == mostRows) {
                    throw new InvalidRequest("", "csv.too-many-rows", mostRows);
                } else {
                    rows.add(row(first, cells, header));
                }
            }
            if (header.isEmpty()) {
                throw new InvalidRequest("", "csv.malformed");
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw new InvalidRequest("", "csv.malformed");
        }
        unique();
    }

    private static boolean isBlank(CSVRecord cells) {
        return cells.size() == 1 && cells.get(0).isBlank();
    }

    private List<String> header(CSVRecord headings, List<String> columns, Set<String> required) {
        List<Flaw> flaws = new ArrayList<>();
        List<String> header = new ArrayList<>();
        for (String heading : headings) {
            String column = Columns.meantBy(heading, columns, messages).orElse(null);
            if (column == null) {
                String shown = heading.length() > 100 ? heading.substring(0, 100) + "…" : heading;
                flaws.add(new Flaw("", "csv.unknown-column", shown, String.join(", ", columns)));
            } else if (header.contains(column)) {
                flaws.add(new Flaw("", "csv.column-twice", column));
            } else {
                header.add(column);
            }
        }
        for (String column : required) {
            if (!header.contains(column)) {
                flaws.add(new Flaw("", "csv.missing-column", column));
            }
        }
        InvalidRequest.unlessEmpty(flaws);
        return header;
    }

    private Row row(long line, CSVRecord cells, List<String> header) {
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < Math.min(cells.size(), header.size()); i++) {
            texts.put(header.get(i), Formula.original(cells.get(i)));
        }
        Row row = new Row(line, texts, this);
        if (cells.size() != header.size()) {
            row.error("", "csv.cells", cells.size(), header.size());
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
                    row.flawed(column);
                    add(new RowError(row.line(), column, violation.getMessage()));
                }
            }
            if (!row.isFlawed()) {
                valid.put(row, request);
            }
        }
        return valid;
    }

    void note(long line, String column, String key, Object... arguments) {
        add(new RowError(line, column, messages.text(key, arguments)));
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
            throw new ImportRefused(errors, errorCount);
        }
        return new ImportReport(dryRun, rows.size(), created, updated, unchanged, errorCount, errors);
    }
}
