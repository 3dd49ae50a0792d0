package org.lectern.scheduler.csv;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times of day as people type them and spreadsheets write them, in English and Chinese. Only forms that mean
 * one day everywhere are read: the year comes first, or the month is a word. {@code 3/5/2026} is either in March or in
 * May, so it is no date.
 */
public final class WrittenTime {

    private static final int LONGEST = 64;
    private static final int MINUTES_OF_A_DAY = 24 * 60;
    private static final int NOON = 12;
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final String MONTH =
            "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
                    + "|nov(?:ember)?|dec(?:ember)?)\\.?";
    private static final Pattern YEAR_FIRST =
            Pattern.compile("([0-9]{4}) ?(?:[-/.]|年) ?([0-9]{1,2}) ?(?:[-/.]|月) ?([0-9]{1,2}) ?[日号]?");
    private static final Pattern DAY_FIRST =
            Pattern.compile("([0-9]{1,2})(?:st|nd|rd|th)?[ -]" + MONTH + ",?[ -]([0-9]{4})");
    private static final Pattern MONTH_FIRST = Pattern.compile(MONTH + " ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})");
    private static final Pattern HOUR = Pattern.compile("(上午|下午|am|pm)? ?([0-9]{1,2})"
            + "(?::([0-9]{2})(?::([0-9]{2}))?|[时点](?:([0-9]{1,2})分?|整)?)? ?(am|pm|a\\.m\\.|p\\.m\\.)?");

    private WrittenTime() {}

    /**
     * A date, a time of day, or both.
     *
     * @param date the date; absent for a time of day alone
     * @param minute the minute of the day from 0 to 1440; absent for a date alone
     */
    public record Written(Optional<LocalDate> date, Optional<Integer> minute, int second) {}

    /** The date in a text. */
    public static Optional<LocalDate> date(String text) {
        return text.length() > LONGEST ? Optional.empty() : plainDate(plain(text));
    }

    /** The date, time of day, or both in a text. */
    public static Optional<Written> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String plain = plain(text);
        Optional<Written> alone = hour(Optional.empty(), plain);
        if (alone.isPresent()) {
            return alone;
        }
        Optional<LocalDate> day = plainDate(plain);
        if (day.isPresent()) {
            return Optional.of(new Written(day, Optional.empty(), 0));
        }
        for (int i = 1; i < plain.length(); i++) {
            char before = plain.charAt(i - 1);
            if (before == ' '
                    || before == 't'
                    || before == '日'
                    || before == '号'
                    || plain.charAt(i) == '上'
                    || plain.charAt(i) == '下') {
                String left = before == ' ' || before == 't' ? plain.substring(0, i - 1) : plain.substring(0, i);
                Optional<LocalDate> date = plainDate(left.strip().replaceFirst(",$", ""));
                Optional<Written> both =
                        date.isPresent() ? hour(date, plain.substring(i).strip()) : Optional.empty();
                if (both.isPresent()) {
                    return both;
                }
            }
        }
        return Optional.empty();
    }

    /** The text with usual characters for full-width ones, single spaces and lower case. */
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replaceAll("[\\s\\p{Z}]+", " ")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static Optional<LocalDate> plainDate(String text) {
        Matcher year = YEAR_FIRST.matcher(text);
        if (year.matches()) {
            return of(year.group(1), Integer.parseInt(year.group(2)), year.group(3));
        }
        Matcher day = DAY_FIRST.matcher(text);
        if (day.matches()) {
            return of(day.group(3), month(day.group(2)), day.group(1));
        }
        Matcher month = MONTH_FIRST.matcher(text);
        return month.matches() ? of(month.group(3), month(month.group(1)), month.group(2)) : Optional.empty();
    }

    private static int month(String word) {
        return MONTHS.indexOf(word.substring(0, 3)) + 1;
    }

    private static Optional<LocalDate> of(String year, int month, String day) {
        try {
            return Optional.of(LocalDate.of(Integer.parseInt(year), month, Integer.parseInt(day)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Written> hour(Optional<LocalDate> date, String text) {
        Matcher clock = HOUR.matcher(text);
        if (!clock.matches()) {
            return Optional.empty();
        }
        String half = clock.group(1) == null ? clock.group(6) : clock.group(1);
        String minutes = clock.group(3) == null ? clock.group(5) : clock.group(3);
        int hour = Integer.parseInt(clock.group(2));
        int minute = minutes == null ? 0 : Integer.parseInt(minutes);
        int second = clock.group(4) == null ? 0 : Integer.parseInt(clock.group(4));
        boolean bare = half == null && clock.group(3) == null && !text.contains("时") && !text.contains("点");
        if (bare || clock.group(1) != null && clock.group(6) != null || minute > 59 || second > 59) {
            return Optional.empty();
        }
        if (half != null) {
            boolean afternoon = half.startsWith("p") || half.equals("下午");
            boolean twelveHours = hour >= 1 && hour <= NOON;
            if (!twelveHours && !(afternoon && hour > NOON && hour < 2 * NOON)) {
                return Optional.empty();
            }
            hour = twelveHours ? hour % NOON + (afternoon ? NOON : 0) : hour;
        }
        int all = hour * 60 + minute;
        return all > MINUTES_OF_A_DAY || all == MINUTES_OF_A_DAY && second > 0
                ? Optional.empty()
                : Optional.of(new Written(date, Optional.of(all), second));
    }
}
