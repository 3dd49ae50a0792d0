package org.lectern.scheduler.csv;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;

/**
 * Parses the records of a CSV text (RFC 4180) in a single pass. A line ends with CR, LF or CRLF. Cells beyond the
 * maximum are counted but not stored, so memory is bounded for any file.
 */
final class CsvRecords {

    /**
     * One record.
     *
     * @param line the line on which it begins, from 1
     * @param cells the trimmed texts of its first cells
     * @param count the number of its cells
     */
    record Cells(long line, List<String> cells, int count) {

        boolean isBlank() {
            return count == 1 && cells.getFirst().isBlank();
        }
    }

    private final String text;
    private final int mostKept;
    private final StringBuilder cell = new StringBuilder();
    private int at;
    private long line = 1;

    CsvRecords(String text, int mostKept) {
        this.text = text;
        this.mostKept = mostKept;
    }

    /**
     * The next record, or null at the end of the text.
     *
     * @throws InvalidRequest when a quotation mark is not closed, or text follows a closed one
     */
    @Nullable
    Cells next() {
        if (at == text.length()) {
            return null;
        }
        long first = line;
        List<String> cells = new ArrayList<>();
        int count = 0;
        do {
            boolean kept = count++ < mostKept;
            String read = at < text.length() && text.charAt(at) == '"' ? quoted(kept) : plain(kept);
            if (kept) {
                cells.add(read.trim());
            }
        } while (endsWithComma());
        return new Cells(first, cells, count);
    }

    private String plain(boolean kept) {
        int from = at;
        while (at < text.length() && text.charAt(at) != ',' && !isLineBreak()) {
            at++;
        }
        return kept ? text.substring(from, at) : "";
    }

    private String quoted(boolean kept) {
        cell.setLength(0);
        int from = ++at;
        while (true) {
            if (at == text.length()) {
                throw new InvalidRequest("", "csv.malformed");
            }
            if (text.charAt(at) != '"') {
                passCharacter();
                continue;
            }
            if (kept) {
                cell.append(text, from, at);
            }
            at++;
            if (at == text.length() || text.charAt(at) != '"') {
                break;
            }
            from = at++; // two quotation marks are an escaped one
        }
        while (at < text.length() && text.charAt(at) != ',' && !isLineBreak()) {
            if (!Character.isWhitespace(text.charAt(at++))) {
                throw new InvalidRequest("", "csv.malformed");
            }
        }
        return cell.toString();
    }

    /** Skips the end of a cell; returns true when another cell of the record follows. */
    private boolean endsWithComma() {
        if (at == text.length()) {
            return false;
        }
        boolean comma = text.charAt(at) == ',';
        passCharacter();
        return comma;
    }

    private boolean isLineBreak() {
        char c = text.charAt(at);
        return c == '\r' || c == '\n';
    }

    /** Skips one character or a whole line break. */
    private void passCharacter() {
        if (isLineBreak()) {
            line++;
            if (text.startsWith("\r\n", at)) {
                at++;
            }
        }
        at++;
    }
}
