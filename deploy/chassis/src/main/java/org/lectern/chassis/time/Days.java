package org.lectern.chassis.time;

import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Days that look right and do not exist, such as {@code 2026-02-30}. */
public final class Days {

    private static final Pattern DATE = Pattern.compile("([0-9]{4}-[0-9]{2})-([0-9]{2})(?:[T ].*)?");
    private static final Pattern MONTH = Pattern.compile("[0-9]{4}-(?:0[1-9]|1[0-2])");
    private static final int LENGTH = 10;

    private Days() {}

    /** The date that a text begins with, if it is well-formed but no day of the calendar. */
    public static Optional<String> impossible(String text) {
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            return Optional.empty();
        }
        String month = date.group(1);
        return MONTH.matcher(month).matches() && YearMonth.parse(month).isValidDay(Integer.parseInt(date.group(2)))
                ? Optional.empty()
                : Optional.of(text.substring(0, LENGTH));
    }
}
