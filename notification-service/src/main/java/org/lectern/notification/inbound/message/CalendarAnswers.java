package org.lectern.notification.inbound.message;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.inbound.message.CalendarAnswer.Kind;
import org.lectern.notification.inbound.message.CalendarAnswer.Moment;
import org.lectern.notification.inbound.message.CalendarAnswer.Proposal;
import org.lectern.notification.inbound.message.CalendarText.Component;
import org.lectern.notification.inbound.message.CalendarText.Property;
import org.lectern.notification.inbound.message.InboundMessage.Answered;
import org.lectern.notification.inbound.message.InboundMessage.Reading;
import org.lectern.notification.inbound.message.InboundMessage.Unreadable;

/** Reads a REPLY or COUNTER (RFC 5546) in the forms of common calendars. */
final class CalendarAnswers {

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withResolverStyle(ResolverStyle.STRICT);
    private static final int LONGEST_COMMENT = 500;
    private static final int LONGEST_UID = 255;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029\\uFFFE\\uFFFF]+");
    private static final Pattern LONE_SURROGATE =
            Pattern.compile("[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]");

    private CalendarAnswers() {}

    /** An answer, and the mailboxes of the organizers that it names. */
    record Found(List<String> organizers, Reading reading) {}

    /**
     * Reads one calendar.
     *
     * @param declaredMethod the method in the media type, if any
     * @return empty if it is not an answer, for instance an invitation
     */
    static Optional<Found> read(String text, @Nullable String declaredMethod) {
        return CalendarText.read(text).flatMap(calendar -> {
            String method = calendar.property("METHOD")
                    .map(Property::value)
                    .or(() -> Optional.ofNullable(declaredMethod))
                    .orElse("")
                    .strip()
                    .toUpperCase(Locale.ROOT);
            List<Component> events = calendar.each("VEVENT");
            if (!(method.equals("REPLY") || method.equals("COUNTER"))) {
                return Optional.empty();
            }
            if (events.isEmpty()) {
                return Optional.of(new Found(List.of(), new Unreadable("no-event")));
            }
            Component event = events.getFirst();
            List<String> organizers = event.all("ORGANIZER").stream()
                    .map(CalendarAnswers::mailbox)
                    .toList();
            return reading(method, calendar, event).map(reading -> new Found(organizers, reading));
        });
    }

    private static Optional<Reading> reading(String method, Component calendar, Component event) {
        String uid = event.property("UID").map(each -> each.text().strip()).orElse("");
        if (uid.isEmpty() || uid.length() > LONGEST_UID) {
            return Optional.of(new Unreadable("no-uid"));
        }
        Integer sequence = null;
        Optional<Property> stated = event.property("SEQUENCE");
        if (stated.isPresent()) {
            String digits = stated.get().value().strip();
            if (!digits.matches("\\d{1,9}")) {
                return Optional.of(new Unreadable("sequence-malformed"));
            }
            sequence = Integer.valueOf(digits);
        }
        String comment = comment(calendar, event);
        if (method.equals("COUNTER")) {
            return Optional.of(
                    new Answered(new CalendarAnswer(uid, sequence, Kind.COUNTER, proposal(calendar, event), comment)));
        }
        Integer revision = sequence;
        return kind(event).map(kind -> new Answered(new CalendarAnswer(uid, revision, kind, null, comment)));
    }

    /** A REPLY has one attendee. Some calendars also list the others, who have not answered. */
    private static Optional<Kind> kind(Component event) {
        return event.all("ATTENDEE").stream()
                .map(attendee ->
                        Optional.ofNullable(attendee.parameter("PARTSTAT")).orElse(""))
                .flatMap(status -> switch (status.toUpperCase(Locale.ROOT)) {
                    case "ACCEPTED" -> Stream.of(Kind.ACCEPTED);
                    case "TENTATIVE" -> Stream.of(Kind.TENTATIVE);
                    case "DECLINED" -> Stream.of(Kind.DECLINED);
                    default -> Stream.empty();
                })
                .findFirst();
    }

    /** Outlook writes the person's text as DESCRIPTION, Google as a parameter; others use COMMENT. */
    private static @Nullable String comment(Component calendar, Component event) {
        boolean outlook = calendar.property("PRODID")
                .filter(program -> program.value().contains("Microsoft"))
                .isPresent();
        return Stream.of(
                        event.all("COMMENT").stream().map(Property::text),
                        event.all("ATTENDEE").stream()
                                .flatMap(attendee -> Stream.ofNullable(attendee.parameter("X-RESPONSE-COMMENT"))),
                        outlook ? event.all("DESCRIPTION").stream().map(Property::text) : Stream.<String>empty())
                .flatMap(each -> each)
                .map(CalendarAnswers::oneLine)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static String oneLine(String text) {
        String line = LONE_SURROGATE
                .matcher(CONTROL.matcher(text).replaceAll(" "))
                .replaceAll("")
                .strip();
        if (line.length() <= LONGEST_COMMENT) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(LONGEST_COMMENT - 1)) ? LONGEST_COMMENT - 1 : LONGEST_COMMENT;
        return line.substring(0, end);
    }

    private static @Nullable Proposal proposal(Component calendar, Component event) {
        var zones = new CalendarZones(calendar.each("VTIMEZONE"));
        Optional<Moment> start = event.property("DTSTART").flatMap(property -> moment(property, zones));
        if (start.isEmpty()) {
            return null;
        }
        Moment begin = start.get();
        Optional<Moment> end = event.property("DTEND")
                .flatMap(property -> moment(property, zones))
                .or(() -> event.property("DURATION")
                        .flatMap(property -> length(property.value()))
                        .map(length -> new Moment(begin.local().plus(length), begin.zone())));
        return new Proposal(begin, end.orElse(null));
    }

    /** A date without a time is not a proposal. */
    private static Optional<Moment> moment(Property property, CalendarZones zones) {
        String value = property.value().strip().toUpperCase(Locale.ROOT);
        boolean utc = value.endsWith("Z");
        try {
            LocalDateTime local = LocalDateTime.parse(utc ? value.substring(0, value.length() - 1) : value, DATE_TIME);
            if (utc) {
                return Optional.of(new Moment(local, ZoneOffset.UTC));
            }
            String zone = property.parameter("TZID");
            return zone == null
                    ? Optional.of(new Moment(local, null))
                    : zones.zone(zone, local).map(found -> new Moment(local, found));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> length(String value) {
        try {
            Duration length = Duration.parse(value.strip());
            return length.isPositive() && length.toDays() < 30 ? Optional.of(length) : Optional.empty();
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static String mailbox(Property organizer) {
        String value = organizer.value().strip();
        if (value.regionMatches(true, 0, "mailto:", 0, 7)) {
            value = value.substring(7);
        }
        try {
            // a plus is literal in mailto (RFC 6068 section 5)
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
