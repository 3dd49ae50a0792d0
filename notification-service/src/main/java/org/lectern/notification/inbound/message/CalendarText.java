package org.lectern.notification.inbound.message;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Parses iCalendar as far as answers need it (RFC 5545 section 3.1): folded lines, properties with parameters, nested
 * components. Tolerates bare line feeds and unterminated components. The number of lines and the nesting are bounded.
 */
final class CalendarText {

    private static final int MOST_LINES = 5000;
    private static final int DEEPEST = 8;

    private CalendarText() {}

    /** A line: its name in upper case, its parameters keyed by upper-case name, and its raw value. */
    record Property(String name, Map<String, String> parameters, String value) {

        @Nullable
        String parameter(String key) {
            return parameters.get(key);
        }

        /** The value of a property of type TEXT (section 3.3.11). */
        String text() {
            return unescaped(value);
        }
    }

    /** The content between BEGIN and END. */
    record Component(String name, List<Property> properties, List<Component> components) {

        Optional<Property> property(String wanted) {
            return properties.stream()
                    .filter(each -> each.name().equals(wanted))
                    .findFirst();
        }

        List<Property> all(String wanted) {
            return properties.stream()
                    .filter(each -> each.name().equals(wanted))
                    .toList();
        }

        List<Component> each(String wanted) {
            return components.stream()
                    .filter(each -> each.name().equals(wanted))
                    .toList();
        }
    }

    /** The first calendar in a text. Empty if there is none, or it exceeds a limit. */
    static Optional<Component> read(String text) {
        var root = new Component("", new ArrayList<>(), new ArrayList<>());
        Deque<Component> open = new ArrayDeque<>();
        open.push(root);
        List<String> lines = unfolded(text);
        if (lines.size() > MOST_LINES) {
            return Optional.empty();
        }
        for (String line : lines) {
            Property property = property(line);
            if (property == null) {
                continue;
            }
            String component = property.value().strip().toUpperCase(Locale.ROOT);
            if (property.name().equals("BEGIN")) {
                if (open.size() > DEEPEST) {
                    return Optional.empty();
                }
                var begun = new Component(component, new ArrayList<>(), new ArrayList<>());
                open.element().components().add(begun);
                open.push(begun);
            } else if (property.name().equals("END")) {
                if (open.size() > 1 && open.element().name().equals(component)) {
                    open.pop();
                }
            } else {
                open.element().properties().add(property);
            }
        }
        return root.each("VCALENDAR").stream().findFirst();
    }

    /** A line that begins with a space or a tab continues the previous one. */
    private static List<String> unfolded(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder current = null;
        for (String line : text.split("\r\n|\n|\r", -1)) {
            if (current != null && (line.startsWith(" ") || line.startsWith("\t"))) {
                current.append(line, 1, line.length());
                continue;
            }
            if (current != null) {
                lines.add(current.toString());
            }
            current = new StringBuilder(line);
        }
        if (current != null) {
            lines.add(current.toString());
        }
        lines.removeIf(String::isBlank);
        return lines;
    }

    /** Colons and semicolons within quotation marks do not separate. */
    private static @Nullable Property property(String line) {
        List<String> pieces = new ArrayList<>();
        boolean quoted = false;
        int begin = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ';' || c == ':')) {
                pieces.add(line.substring(begin, i));
                begin = i + 1;
                if (c == ':') {
                    return property(pieces, line.substring(begin));
                }
            }
        }
        return null;
    }

    private static Property property(List<String> pieces, String value) {
        Map<String, String> parameters = new TreeMap<>();
        for (String piece : pieces.subList(1, pieces.size())) {
            int equals = piece.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(
                        piece.substring(0, equals).strip().toUpperCase(Locale.ROOT),
                        piece.substring(equals + 1).strip().replace("\"", ""));
            }
        }
        return new Property(pieces.getFirst().strip().toUpperCase(Locale.ROOT), parameters, value);
    }

    private static String unescaped(String value) {
        var text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                char escaped = value.charAt(++i);
                text.append(escaped == 'n' || escaped == 'N' ? '\n' : escaped);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
