package org.lectern.notification.calendar;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.ical.CalendarFile;
import org.lectern.notification.notice.LectureTime;

/** Writes lectures as iCalendar: one for a mail, or all lectures of an owner for a feed. */
@ApplicationScoped
class CalendarWriter {

    /**
     * The iCalendar part of a mail: a REQUEST or a CANCEL (RFC 5546 sections 3.2.2 and 3.2.5). DTSTAMP is the time of
     * the revision. So a repeated mail has the same part, and a later mail never has an earlier time.
     *
     * @param person whether the attendee is one person, not a branch
     * @param sender the mailbox that sends the mail
     * @param answersTo the mailbox that reads answers; null requests no answer
     */
    byte[] invitation(
            CalendarEntry entry,
            boolean person,
            String locale,
            String sender,
            String attendee,
            @Nullable String answersTo) {
        var out = new ByteArrayOutputStream(1024);
        var file = begin(out);
        file.line("METHOD", entry.cancelled() ? "CANCEL" : "REQUEST");
        file.begin("VEVENT");
        file.line("ORGANIZER;CN=Lectern", CalendarFile.mailto(answersTo == null ? sender : answersTo));
        file.line(
                "ATTENDEE;CUTYPE=" + (person ? "INDIVIDUAL" : "GROUP")
                        + ";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=" + (answersTo == null ? "FALSE" : "TRUE"),
                CalendarFile.mailto(attendee));
        event(file, entry, texts(locale), language(locale), false);
        file.end("VEVENT");
        file.finish();
        return out.toByteArray();
    }

    /** One lecture for a reader to add to a calendar: a PUBLISH (RFC 5546 section 3.2.1), which requests no answer. */
    byte[] publication(CalendarEntry entry, String locale) {
        var out = new ByteArrayOutputStream(1024);
        var file = begin(out);
        file.line("METHOD", "PUBLISH");
        file.begin("VEVENT");
        event(file, entry, texts(locale), language(locale), true);
        file.end("VEVENT");
        file.finish();
        return out.toByteArray();
    }

    /**
     * A calendar feed. It has no METHOD, so DTSTAMP is the time of the last revision (RFC 5545 section 3.8.7.2). The
     * same state gives the same octets. The refresh interval follows RFC 7986 section 5.7.
     *
     * @param name the name of the owner, if known
     * @param zone the zone of the owner, if known
     */
    byte[] feed(
            List<CalendarEntry> entries,
            String locale,
            @Nullable String name,
            @Nullable String zone,
            Duration refresh) {
        CalendarTexts say = texts(locale);
        String title = name == null ? say.nameless() : say.name(name);
        var out = new ByteArrayOutputStream(1024);
        var file = begin(out);
        file.text("NAME", title);
        file.text("X-WR-CALNAME", title);
        file.text("X-WR-TIMEZONE", zone);
        file.line("REFRESH-INTERVAL;VALUE=DURATION", refresh);
        file.line("X-PUBLISHED-TTL", refresh);
        for (CalendarEntry entry : entries) {
            file.begin("VEVENT");
            event(file, entry, say, language(locale), true);
            file.end("VEVENT");
        }
        file.finish();
        return out.toByteArray();
    }

    private static CalendarFile begin(OutputStream out) {
        return new CalendarFile(out, "Notification");
    }

    /** @param marked whether the title marks a cancellation: some calendars ignore the STATUS of feed events */
    private static void event(
            CalendarFile file, CalendarEntry entry, CalendarTexts say, Locale language, boolean marked) {
        file.line("UID", entry.uid());
        file.line("SEQUENCE", entry.sequence());
        file.time("DTSTAMP", entry.revisedAt());
        file.time("DTSTART", entry.start());
        file.time("DTEND", entry.end());
        file.line("STATUS", entry.cancelled() ? "CANCELLED" : "CONFIRMED");
        file.line("TRANSP", entry.cancelled() ? "TRANSPARENT" : "OPAQUE");
        file.text("SUMMARY", entry.cancelled() && marked ? say.cancelled(entry.topic()) : entry.topic());
        file.text("LOCATION", entry.place());
        file.text("DESCRIPTION", description(entry, say, language));
        file.uri("URL", entry.joinLink());
    }

    private static String description(CalendarEntry entry, CalendarTexts say, Locale language) {
        List<String> lines = new ArrayList<>();
        lines.add(say.lecturer(entry.lecturer()));
        lines.add(say.host(entry.host()));
        lines.add(say.time(LectureTime.text(entry.start(), entry.end(), entry.zone(), null, language)));
        String link = entry.joinLink();
        if (link != null) {
            lines.add(say.link(link));
        }
        return String.join("\n", lines);
    }

    private static Locale language(String locale) {
        return Locale.forLanguageTag(locale);
    }

    private static CalendarTexts texts(String locale) {
        return MessageBundles.get(CalendarTexts.class, Localized.Literal.of(locale.startsWith("zh") ? "zh-CN" : "en"));
    }
}
