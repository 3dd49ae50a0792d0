package org.lectern.notification.calendar;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Writes iCalendar (RFC 5545). Times are UTC instants (section 3.3.5, form 2): a lecture is an instant, so a single event
 * needs no time zone rules that a calendar may know differently, and every calendar shows it in its reader's zone, on
 * both sides of a change of the clocks.
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

    /** Ends the calendar. */
    byte[] finish() {
        line("END", "VCALENDAR");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A property whose value is ours and needs no escaping. */
    void line(String property, Object value) {
        write(property + ":" + value);
    }

    void time(String property, Instant value) {
        line(property, UTC.format(value));
    }

    /** A property of type TEXT (section 3.3.11); none when there is no text. */
    void text(String property, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            line(property, escaped(value));
        }
    }

    /** A property of type URI; none when there is none. */
    void uri(String property, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            line(property, value.replaceAll("[\\p{Cc}\\p{Z}]", ""));
        }
    }

    /** A mailbox as CAL-ADDRESS (section 3.3.3, RFC 6068); what a URI gives a meaning is written by its octets. */
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

    /** Line breaks of any kind become {@code \n}; other control characters, which section 3.1 forbids, vanish. */
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

    /** No line is longer than 75 octets, and none is broken within a character (section 3.1). */
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
