package org.lectern.notification.channel.email;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Encodes text from people as a mail header value. Folds at 78 octets (RFC 5322 section 2.2.3) and writes encoded words
 * for non-ASCII text (RFC 2047). Angus Mail does not fold long words and passes {@code =?} through unescaped.
 */
final class HeaderText {

    private static final int LONGEST_LINE = 76;
    private static final String BEGIN = "=?UTF-8?B?";
    private static final String END = "?=";
    private static final String FOLD = "\r\n ";

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");
    private static final Pattern WORD = Pattern.compile(" *[^ ]+");
    private static final Pattern ATOMS =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

    private HeaderText() {}

    /** The value of an unstructured header such as Subject. */
    static String unstructured(String header, String text) {
        String clean = oneLine(text);
        return isPlain(clean) ? folded(header, clean) : encoded(header.length() + 2, clean);
    }

    /** The value of an address header: a display name and an address that is ASCII. */
    static String mailbox(String header, String name, String address) {
        String clean = oneLine(name);
        if (clean.isEmpty()) {
            return address;
        }
        String written;
        if (!isPlain(clean)) {
            written = encoded(header.length() + 2, clean);
        } else if (ATOMS.matcher(clean).matches()) {
            written = folded(header, clean);
        } else {
            written = folded(header, "\"" + clean.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        }
        int column = written.contains(FOLD)
                ? written.length() - written.lastIndexOf(FOLD) - 2
                : header.length() + 2 + written.length();
        boolean fits = column + address.length() + 3 <= LONGEST_LINE;
        return written + (fits ? " " : FOLD) + "<" + address + ">";
    }

    /** A value that is ASCII, folded at its spaces. */
    static String folded(String header, String value) {
        var out = new StringBuilder();
        int column = header.length() + 2;
        Matcher word = WORD.matcher(value);
        while (word.find()) {
            if (column + word.group().length() > LONGEST_LINE && !out.isEmpty()) {
                out.append("\r\n");
                column = 0;
                out.append(word.group().startsWith(" ") ? "" : " ");
            }
            out.append(word.group());
            column += word.group().length();
        }
        return out.toString();
    }

    /**
     * Replaces control characters by spaces, because they could begin another header. An unpaired surrogate becomes
     * U+FFFD.
     */
    private static String oneLine(String text) {
        return wellFormed(CONTROL.matcher(text).replaceAll(" ")).strip();
    }

    /** The text with U+FFFD for every unpaired surrogate. */
    static String wellFormed(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> Character.getType(point) == Character.SURROGATE ? 0xFFFD : point)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private static boolean isPlain(String text) {
        return PRINTABLE.matcher(text).matches()
                && !text.contains("=?")
                && WORD.matcher(text).results().allMatch(word -> word.group().length() < LONGEST_LINE - 24);
    }

    /** Encoded words of whole characters (RFC 2047 section 5), one per line. */
    private static String encoded(int firstColumn, String text) {
        var out = new StringBuilder();
        var word = new StringBuilder();
        int column = firstColumn;
        int octets = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int size = size(point);
            if (octets + size > capacity(column)) {
                append(out, word);
                out.append(FOLD);
                word.setLength(0);
                octets = 0;
                column = 1;
            }
            word.appendCodePoint(point);
            octets += size;
            i += Character.charCount(point);
        }
        append(out, word);
        return out.toString();
    }

    private static void append(StringBuilder out, StringBuilder word) {
        out.append(BEGIN)
                .append(Base64.getEncoder().encodeToString(word.toString().getBytes(StandardCharsets.UTF_8)))
                .append(END);
    }

    /** The octets of text that fit into an encoded word at that column. */
    private static int capacity(int column) {
        return (LONGEST_LINE - column - BEGIN.length() - END.length()) / 4 * 3;
    }

    private static int size(int point) {
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}
