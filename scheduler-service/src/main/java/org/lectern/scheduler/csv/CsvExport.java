package org.lectern.scheduler.csv;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Messages;

/**
 * A list as a CSV file (RFC 4180, UTF-8) that spreadsheets open safely and imports read back. No text can act as a
 * formula ({@link Formula}), and imports know all headings.
 */
public final class CsvExport<T> {

    /** RFC 7111 section 3: declares the encoding and the header row. */
    public static final String MEDIA_TYPE = "text/csv;charset=UTF-8;header=present";

    private final List<String> headings;
    private final Pages<T> pages;
    private final List<T> first;
    private final Function<T, Iterable<?>> cells;
    private final boolean byteOrderMark;

    /**
     * Reads the first page.
     *
     * @param cells the cells of one row, in column order: texts, or values that cannot be formulas
     * @param byteOrderMark whether the file begins with a byte order mark, which Excel needs to detect UTF-8
     */
    public CsvExport(
            List<String> columns,
            Pages<T> pages,
            Function<T, Iterable<?>> cells,
            boolean byteOrderMark,
            Messages messages) {
        this.headings = columns.stream()
                .map(column -> Columns.heading(column, messages))
                .toList();
        this.pages = pages;
        this.cells = cells;
        this.byteOrderMark = byteOrderMark;
        this.first = pages.first();
    }

    /** Writes the file; the stream stays open. */
    public void writeTo(OutputStream out) throws IOException {
        var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 15);
        if (byteOrderMark) {
            writer.write('\uFEFF');
        }
        CSVPrinter printer = new CSVPrinter(writer, CSVFormat.RFC4180);
        printer.printRecord(headings);
        pages.each(first, row -> print(printer, row));
        printer.flush();
    }

    private void print(CSVPrinter printer, T row) {
        try {
            printer.printRecord(StreamSupport.stream(cells.apply(row).spliterator(), false)
                    .map(CsvExport::cell)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object cell(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> Formula.disarmed(text);
            case Object other -> other;
        };
    }
}
