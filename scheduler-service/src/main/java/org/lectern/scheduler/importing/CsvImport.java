package org.lectern.scheduler.importing;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.lectern.scheduler.problem.Flaw;
import org.lectern.scheduler.problem.InvalidRequest;
import org.lectern.scheduler.problem.Messages;
import org.lectern.scheduler.problem.Text;

/**
 * One run over a CSV file (RFC 4180, UTF-8 with or without byte order mark, header required). Collects every error
 * before it refuses, so that a person mends the file once.
 */
public final class CsvImport {

    /** More rows than that are to be sent in several files. */
    public static final int MOST_ROWS = 10_000;

    private static final int MOST_ERRORS = 200;

    private final List<RowError> errors = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final Messages messages;
    private int created;
    private int updated;
    private int unchanged;

    /**
     * Reads the file.
     *
     * @param columns all that may stand in the header
     * @param required those that must
     * @throws InvalidRequest when it is no such file at all
     */
    public CsvImport(byte[] file, List<String> columns, Set<String> required, Messages messages) {
        this.messages = messages;
        String text = decoded(file);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
                .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            header(parser.getHeaderNames(), columns, required);
            long line = parser.getCurrentLineNumber();
            for (CSVRecord cells : parser) {
                if (rows.size() == MOST_ROWS) {
                    throw new InvalidRequest("", "csv.too-many-rows", MOST_ROWS);
                }
                Row row = new Row(line + 1, cells.toMap(), this);
                if (!cells.isConsistent()) {
                    row.error(
                            "",
                            "csv.cells",
                            cells.size(),
                            parser.getHeaderNames().size());
                }
                rows.add(row);
                line = parser.getCurrentLineNumber();
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw new InvalidRequest("", "csv.malformed");
        }
        unique();
    }

    private static String decoded(byte[] file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            if (!Text.isStorable(text)) {
                throw new InvalidRequest("", "csv.encoding");
            }
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InvalidRequest("", "csv.encoding");
        }
    }

    private static void header(List<String> found, List<String> columns, Set<String> required) {
        List<Flaw> flaws = new ArrayList<>();
        for (String column : found) {
            if (!columns.contains(column)) {
                flaws.add(new Flaw("", "csv.unknown-column", column, String.join(", ", columns)));
            }
        }
        for (String column : required) {
            if (!found.contains(column)) {
                flaws.add(new Flaw("", "csv.missing-column", column));
            }
        }
        InvalidRequest.unlessEmpty(flaws);
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
        Map<Row, R> valid = new LinkedHashMap<>();
        for (Row row : rows) {
            R request = reading.apply(row);
            for (ConstraintViolation<R> violation : validator.validate(request)) {
                String path = violation.getPropertyPath().toString();
                String column = path.substring(path.lastIndexOf('.') + 1);
                if (!row.isFlawedAt(column)) {
                    row.flawed(column);
                    add(row.line(), column, violation.getMessage());
                }
            }
            if (!row.isFlawed()) {
                valid.put(row, request);
            }
        }
        return valid;
    }

    void note(long line, String column, String key, Object... arguments) {
        add(line, column, messages.text(key, arguments));
    }

    private void add(long line, String column, String detail) {
        if (errors.size() < MOST_ERRORS) {
            errors.add(new RowError(line, column, detail));
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
            throw new ImportRefused(errors);
        }
        return new ImportReport(dryRun, rows.size(), created, updated, unchanged, errors);
    }
}
