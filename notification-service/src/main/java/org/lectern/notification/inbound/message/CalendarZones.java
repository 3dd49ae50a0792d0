package org.lectern.notification.inbound.message;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.inbound.message.CalendarText.Component;
import org.lectern.notification.inbound.message.CalendarText.Property;

/**
 * The zones in a calendar: an IANA name, a Windows name, or the calendar's own rules (RFC 5545 section 3.6.5). Only
 * yearly rules by a weekday of a month are supported, which is the form that calendars use.
 */
final class CalendarZones {

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{2})(\\d{2})(\\d{2})?");
    private static final Pattern BY_DAY = Pattern.compile("(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)");
    private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
    private static final int MOST_SEGMENTS = 3;

    /** Windows names (CLDR, windowsZones) of zones that branches and lecturers are likely to use. */
    private static final Map<String, String> WINDOWS = Map.ofEntries(
            Map.entry("china standard time", "Asia/Shanghai"),
            Map.entry("taipei standard time", "Asia/Taipei"),
            Map.entry("singapore standard time", "Asia/Singapore"),
            Map.entry("tokyo standard time", "Asia/Tokyo"),
            Map.entry("korea standard time", "Asia/Seoul"),
            Map.entry("ulaanbaatar standard time", "Asia/Ulaanbaatar"),
            Map.entry("se asia standard time", "Asia/Bangkok"),
            Map.entry("india standard time", "Asia/Kolkata"),
            Map.entry("central asia standard time", "Asia/Bishkek"),
            Map.entry("west asia standard time", "Asia/Tashkent"),
            Map.entry("arabian standard time", "Asia/Dubai"),
            Map.entry("russian standard time", "Europe/Moscow"),
            Map.entry("turkey standard time", "Europe/Istanbul"),
            Map.entry("fle standard time", "Europe/Kyiv"),
            Map.entry("gtb standard time", "Europe/Bucharest"),
            Map.entry("e. europe standard time", "Europe/Chisinau"),
            Map.entry("w. europe standard time", "Europe/Berlin"),
            Map.entry("central europe standard time", "Europe/Budapest"),
            Map.entry("central european standard time", "Europe/Warsaw"),
            Map.entry("romance standard time", "Europe/Paris"),
            Map.entry("gmt standard time", "Europe/London"),
            Map.entry("greenwich standard time", "Atlantic/Reykjavik"),
            Map.entry("utc", "UTC"),
            Map.entry("south africa standard time", "Africa/Johannesburg"),
            Map.entry("e. south america standard time", "America/Sao_Paulo"),
            Map.entry("atlantic standard time", "America/Halifax"),
            Map.entry("eastern standard time", "America/New_York"),
            Map.entry("central standard time", "America/Chicago"),
            Map.entry("mountain standard time", "America/Denver"),
            Map.entry("pacific standard time", "America/Los_Angeles"),
            Map.entry("aus eastern standard time", "Australia/Sydney"),
            Map.entry("new zealand standard time", "Pacific/Auckland"));

    private final Map<String, List<Observance>> rules = new HashMap<>();

    /** An offset and the local time of its start: once, or every year. */
    private record Observance(
            LocalDateTime first,
            ZoneOffset offset,
            @Nullable Yearly yearly) {

        /** The last start of this offset at or before that time. */
        Optional<LocalDateTime> onset(LocalDateTime local) {
            if (yearly == null) {
                return first.isAfter(local) ? Optional.empty() : Optional.of(first);
            }
            return Stream.of(local.getYear(), local.getYear() - 1)
                    .map(year -> yearly.in(year).atTime(first.toLocalTime()))
                    .filter(onset -> !onset.isAfter(local) && !onset.isBefore(first))
                    .findFirst();
        }
    }

    /** A weekday of a month, counted from its beginning or its end. */
    private record Yearly(int month, int place, DayOfWeek day) {
        LocalDate in(int year) {
            return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(place, day));
        }
    }

    CalendarZones(List<Component> definitions) {
        for (Component definition : definitions) {
            definition.property("TZID").ifPresent(id -> rules.put(key(id.value()), observances(definition)));
        }
    }

    /** @param local the time to interpret, for a zone with its own rules */
    Optional<ZoneId> zone(String name, LocalDateTime local) {
        String key = key(name);
        return known(name.strip())
                .or(() -> Optional.ofNullable(WINDOWS.get(key)).map(ZoneId::of))
                .or(() -> rules.getOrDefault(key, List.of()).stream()
                        .flatMap(each -> each.onset(local).map(onset -> Map.entry(onset, each.offset())).stream())
                        .max(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue));
    }

    /** Also accepts a prefix, as in {@code /freeassociation.sourceforge.net/Europe/Berlin}. */
    private static Optional<ZoneId> known(String name) {
        String[] segments = name.split("/");
        for (int from = Math.max(0, segments.length - MOST_SEGMENTS); from < segments.length; from++) {
            String candidate = String.join("/", List.of(segments).subList(from, segments.length));
            if (ZoneId.getAvailableZoneIds().contains(candidate)) {
                return Optional.of(ZoneId.of(candidate));
            }
        }
        return Optional.empty();
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static List<Observance> observances(Component definition) {
        return Stream.of("STANDARD", "DAYLIGHT")
                .flatMap(kind -> definition.each(kind).stream())
                .flatMap(each -> observance(each).stream())
                .toList();
    }

    private static Optional<Observance> observance(Component component) {
        try {
            LocalDateTime first = LocalDateTime.parse(
                    component
                            .property("DTSTART")
                            .map(Property::value)
                            .orElse("")
                            .strip(),
                    DATE_TIME);
            Matcher offset = OFFSET.matcher(component
                    .property("TZOFFSETTO")
                    .map(Property::value)
                    .orElse("")
                    .strip());
            if (!offset.matches()) {
                return Optional.empty();
            }
            int sign = offset.group(1).equals("-") ? -1 : 1;
            return Optional.of(new Observance(
                    first,
                    ZoneOffset.ofHoursMinutes(
                            sign * Integer.parseInt(offset.group(2)), sign * Integer.parseInt(offset.group(3))),
                    component
                            .property("RRULE")
                            .flatMap(rule -> yearly(rule.value()))
                            .orElse(null)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Yearly> yearly(String rule) {
        Map<String, String> parts = new HashMap<>();
        for (String part : rule.strip().toUpperCase(Locale.ROOT).split(";")) {
            String[] both = part.split("=", 2);
            parts.put(both[0], both.length == 2 ? both[1] : "");
        }
        Matcher day = BY_DAY.matcher(parts.getOrDefault("BYDAY", ""));
        String month = parts.getOrDefault("BYMONTH", "");
        if (!"YEARLY".equals(parts.get("FREQ")) || !day.matches() || !month.matches("[1-9]|1[0-2]")) {
            return Optional.empty();
        }
        int place = day.group(1) == null ? 1 : Integer.parseInt(day.group(1));
        return Optional.of(new Yearly(Integer.parseInt(month), place, DayOfWeek.of(DAYS.indexOf(day.group(2)) + 1)));
    }
}
