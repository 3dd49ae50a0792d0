package org.lectern.chassis.ical;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Writes iCalendar (RFC 5545). Times are UTC instants (section 3.3.5, form 2): single events need no time zone rules,
 * and calendars show them in the reader's zone, also across clock changes.
 */
public final class CalendarFile {

    public static final String MEDIA_TYPE = "text/calendar;charset=UTF-8";

    private static final int MOST_OCTETS = 75;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Writer out;

    /**
     * Begins a calendar.
     *
     * @param product the program that writes it
     */
    public CalendarFile(OutputStream out, String product) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 11);
        line("BEGIN", "VCALENDAR");
        line("VERSION", "2.0");
        line("PRODID", "-//Lectern//" + product + "//EN");
        line("CALSCALE", "GREGORIAN");
    }

    public void begin(String component) {
        line("BEGIN", component);
    }

    public void end(String component) {
        line("END", component);
    }

    /** A property with a trusted value that needs no escaping. */
    public void line(String property, Object value) {
        write(property + ":" + value);
    }

    public void time(String property, Instant value) {
        line(property, UTC.format(value));
    }

    /** A property of type TEXT (section 3.3.11); omitted when there is no value. */
    public void text(String property, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            line(property, escaped(value));
        }
    }

    /** A property of type URI; omitted when there is no value. */
    public void uri(String property, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            line(property, value.replaceAll("[\\p{Cc}\\p{Z}]", ""));
        }
    }

    /** A mailbox as CAL-ADDRESS (section 3.3.3, RFC 6068). Characters that are special in a URI are percent-encoded. */
    public static String mailto(String address) {
        var uri = new StringBuilder("mailto:");
        for (byte octet : address.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~@+".indexOf(c) >= 0;
            uri.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return uri.toString();
    }

    /** Ends the calendar; the stream stays open. */
    public void finish() {
        line("END", "VCALENDAR");
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Any line break becomes {@code \n}; other control characters, which section 3.1 forbids, are removed. */
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
        try {
            int octets = 0;
            for (int i = 0; i < line.length(); ) {
                int character = line.codePointAt(i);
                int size = octets(character);
                if (octets + size > MOST_OCTETS) {
                    out.write("\r\n ");
                    octets = 1;
                }
                int chars = Character.charCount(character);
                out.write(line, i, chars);
                octets += size;
                i += chars;
            }
            out.write("\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int octets(int character) {
        return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }
}
