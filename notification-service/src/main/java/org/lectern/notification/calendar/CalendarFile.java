package org.lectern.notification.calendar;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Writes iCalendar (RFC 5545). Times are UTC instants (section 3.3.5, form 2), so events need no time zone rules. Each
 * calendar shows them in its reader's zone, also across clock changes.
 */
final class CalendarFile {

    private static final int MOST_OCTETS = 75;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final StringBuilder out = new StringBuilder(1024);

    CalendarFile() {
        line("BEGIN", "VCALENDAR");
        line("VERSION", "2.0");
        line("PRODID", "-//Lectern//Notification//EN");
        line("CALSCALE", "GREGORIAN");
    }

    byte[] finish() {
        line("END", "VCALENDAR");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a property with a generated value that needs no escaping. */
    void line(String property, Object value) {
        write(property + ":" + value);
    }

    void time(String property, Instant value) {
        line(property, UTC.format(value));
    }

    /** Writes a property of type TEXT (section 3.3.11); nothing for null. */
    void text(String property, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            line(property, escaped(value));
        }
    }

    /** Writes a property of type URI; nothing for null. */
    void uri(String property, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            line(property, value.replaceAll("[\\p{Cc}\\p{Z}]", ""));
        }
    }

    /** A mailbox as CAL-ADDRESS (section 3.3.3, RFC 6068). Characters that are special in a URI are percent-encoded. */
    static String mailto(String address) {
        var uri = new StringBuilder("mailto:");
        for (byte octet : address.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~@+".indexOf(c) >= 0;
            uri.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return uri.toString();
    }

    /**
     * Escapes a TEXT value. Line breaks become {@code \n}; other control characters are dropped, because section 3.1
     * forbids them.
     */
    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\', ';', ',' -> escaped.append('\\').append(c);
                case '\n', '\u0085', '\u2028', '\u2029' -> escaped.append("\\n");
                case '\r' -> escaped.append(i + 1 < text.length() && text.charAt(i + 1) == '\n' ? "" : "\\n");
                case '\t' -> escaped.append(c);
                default -> escaped.append(Character.isISOControl(c) ? "" : c);
            }
        }
        return escaped.toString();
    }

    /** Folds lines at 75 octets, never within a character (section 3.1). */
    private void write(String line) {
        int octets = 0;
        for (int i = 0; i < line.length(); ) {
            int character = line.codePointAt(i);
            int size = octets(character);
            if (octets + size > MOST_OCTETS) {
                out.append("\r\n ");
                octets = 1;
            }
            out.appendCodePoint(character);
            octets += size;
            i += Character.charCount(character);
        }
        out.append("\r\n");
    }

    private static int octets(int character) {
        return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }
}
