package org.lectern.scheduler.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;

/**
 * Parses the records of a CSV text (RFC 4180) in a single pass. A line ends with CR, LF or CRLF. The separator is a
 * comma, a semicolon or a tab: the one of a first line {@code sep=;}, as spreadsheets write it, or else the most
 * frequent one of the first record. Cells beyond the maximum are counted but not stored, so memory is bounded for any
 * file.
 */
final class CsvRecords {

    private static final String SEPARATORS = ",;\t";
    private static final Pattern DECLARED =
            Pattern.compile("\"?sep=([,;\\t])\"?[,;\\t]*(?:\\r\\n|\\r|\\n|$)", Pattern.CASE_INSENSITIVE);

    /**
     * One record.
     *
     * @param line the line on which it begins, from 1
     * @param cells the texts of its first cells
     * @param count the number of its cells up to the last that is not blank
     */
    record Cells(long line, List<String> cells, int count) {

        boolean isBlank() {
            return count == 0;
        }
    }

    private final String text;
    private final int mostKept;
    private final char separator;
    private final StringBuilder cell = new StringBuilder();
    private int at;
    private long line = 1;
    /** Whether the cell that was read last has text. */
    private boolean full;

    CsvRecords(String text, int mostKept) {
        this.text = text;
        this.mostKept = mostKept;
        Matcher declared = DECLARED.matcher(text);
        if (declared.lookingAt()) {
            separator = declared.group(1).charAt(0);
            at = declared.end();
            line = at == text.length() && !declared.group().matches("(?s).*[\\r\\n]") ? 1 : 2;
        } else {
            separator = mostFrequent(text);
        }
    }

    char separator() {
        return separator;
    }

    /** The separator that occurs most in the first line with text, outside quotation marks. */
    private static char mostFrequent(String text) {
        int[] counts = new int[SEPARATORS.length()];
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int which = SEPARATORS.indexOf(c);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && which >= 0) {
                counts[which]++;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                if (begun) {
                    break;
                }
                counts = new int[SEPARATORS.length()];
            } else if (!Character.isWhitespace(c)) {
                begun = true;
            }
        }
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return SEPARATORS.charAt(best);
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
        int filled = 0;
        do {
            boolean kept = count++ < mostKept;
            String read = at < text.length() && text.charAt(at) == '"' ? quoted(kept) : plain(kept);
            if (kept) {
                cells.add(read.trim());
            }
            filled = full ? count : filled;
        } while (endsWithSeparator());
        return new Cells(first, cells.subList(0, Math.min(filled, cells.size())), filled);
    }

    private String plain(boolean kept) {
        int from = at;
        full = false;
        while (at < text.length() && text.charAt(at) != separator && !isLineBreak()) {
            full |= isText(text.charAt(at++));
        }
        return kept ? text.substring(from, at) : "";
    }

    private String quoted(boolean kept) {
        cell.setLength(0);
        full = false;
        long opened = line;
        int from = ++at;
        while (true) {
            if (at == text.length()) {
                throw new InvalidRequest("", "csv.quote-open", opened);
            }
            if (text.charAt(at) != '"') {
                full |= isText(text.charAt(at));
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
            full = true;
            from = at++; // two quotation marks are an escaped one
        }
        while (at < text.length() && text.charAt(at) != separator && !isLineBreak()) {
            if (isText(text.charAt(at++))) {
                throw new InvalidRequest("", "csv.quote-inside", opened, line);
            }
        }
        return cell.toString();
    }

    private static boolean isText(char c) {
        return !Character.isWhitespace(c) && !Character.isSpaceChar(c);
    }

    /** Skips the end of a cell; returns true when another cell of the record follows. */
    private boolean endsWithSeparator() {
        if (at == text.length()) {
            return false;
        }
        boolean more = text.charAt(at) == separator;
        passCharacter();
        return more;
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
