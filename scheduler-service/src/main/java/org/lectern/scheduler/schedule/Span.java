package org.lectern.scheduler.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Minutes of local time, half-open: of a day (0 to 1440) or of a week from Monday 00:00 (0 to 10080). */
public record Span(int from, int until) {

    public static final int DAY = 24 * 60;

    private static final Pattern PAIR = Pattern.compile("\\[(\\d+),(\\d+)\\)");
    private static final Pattern CLOCK = Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)|24:00");

    public Span {
        if (from >= until) {
            throw new IllegalArgumentException("a span ends after it starts");
        }
    }

    /** Parses a PostgreSQL multirange. */
    static List<Span> ofMultirange(String text) {
        List<Span> spans = new ArrayList<>();
        for (Matcher pair = PAIR.matcher(text); pair.find(); ) {
            spans.add(new Span(Integer.parseInt(pair.group(1)), Integer.parseInt(pair.group(2))));
        }
        return spans;
    }

    static String toMultirange(List<Span> spans) {
        var text = new StringBuilder("{");
        for (Span span : spans) {
            text.append(text.length() == 1 ? "" : ",")
                    .append('[')
                    .append(span.from)
                    .append(',')
                    .append(span.until)
                    .append(')');
        }
        return text.append('}').toString();
    }

    static boolean isClock(String text) {
        return CLOCK.matcher(text).matches();
    }

    /** The minute of the day for {@code 08:30}; {@code 24:00} is the end of the day. */
    static int minute(String clock) {
        return Integer.parseInt(clock.substring(0, 2)) * 60 + Integer.parseInt(clock.substring(3, 5));
    }

    static String clock(int minute) {
        return "%02d:%02d".formatted(minute / 60, minute % 60);
    }

    /** Parses {@code 08:30-12:00}. */
    public static Span ofText(String text) {
        return new Span(minute(text.substring(0, 5)), minute(text.substring(6, 11)));
    }

    String text() {
        return clock(from) + "–" + clock(until);
    }

    /** Sorts and merges adjacent spans; the caller has already refused overlaps. */
    static List<Span> merged(List<Span> spans) {
        List<Span> sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparingInt(Span::from));
        List<Span> merged = new ArrayList<>();
        for (Span span : sorted) {
            if (!merged.isEmpty() && merged.getLast().until >= span.from) {
                Span last = merged.removeLast();
                merged.add(new Span(last.from, Math.max(last.until, span.until)));
            } else {
                merged.add(span);
            }
        }
        return merged;
    }
}
