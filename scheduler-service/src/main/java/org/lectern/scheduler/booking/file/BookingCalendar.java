package org.lectern.scheduler.booking.file;

import java.io.OutputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.lectern.chassis.ical.CalendarFile;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.booking.BookingStatus;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.Participants.GuestRef;
import org.lectern.scheduler.csv.Pages;

/**
 * Bookings as calendar events. The UID is permanent and SEQUENCE rises with the version, so that calendars replace an
 * earlier copy of the booking.
 */
final class BookingCalendar {

    private final Pages<BookingView> pages;
    private final List<BookingView> first;
    private final String name;
    private final String lecturer;
    private final String host;
    private final String guests;

    /** Reads the first page and the texts in the caller's language. */
    BookingCalendar(Pages<BookingView> pages, Messages messages) {
        this.pages = pages;
        this.first = pages.first();
        this.name = messages.text("calendar-file.name");
        this.lecturer = messages.text("calendar-file.lecturer");
        this.host = messages.text("calendar-file.host");
        this.guests = messages.text("calendar-file.guests");
    }

    /**
     * Writes the file; the stream stays open. There is no METHOD, so DTSTAMP is the last revision (RFC 5545 section
     * 3.8.7.2) and the same state gives the same file.
     */
    void writeTo(OutputStream out) {
        var file = new CalendarFile(out, "Scheduler");
        file.text("X-WR-CALNAME", name);
        pages.each(first, booking -> event(file, booking));
        file.finish();
    }

    private void event(CalendarFile file, BookingView booking) {
        file.begin("VEVENT");
        file.line("UID", booking.id() + "@lectern");
        file.line("SEQUENCE", booking.version() - 1);
        file.time("DTSTAMP", booking.updatedAt());
        file.time("CREATED", booking.createdAt());
        file.time("LAST-MODIFIED", booking.updatedAt());
        file.time("DTSTART", booking.start().toInstant());
        file.time("DTEND", booking.end().toInstant());
        file.line("STATUS", status(booking.status()));
        file.line("TRANSP", status(booking.status()).equals("CANCELLED") ? "TRANSPARENT" : "OPAQUE");
        file.text("SUMMARY", booking.topic().title());
        file.text("LOCATION", place(booking));
        file.text("DESCRIPTION", description(booking));
        file.text("CATEGORIES", booking.format());
        file.uri("URL", booking.joinLink());
        file.end("VEVENT");
    }

    /** STATUS, section 3.8.1.11. */
    private static String status(BookingStatus status) {
        return switch (status) {
            case HELD -> "TENTATIVE";
            case CONFIRMED, COMPLETED -> "CONFIRMED";
            case CANCELLED, RELEASED, EXPIRED -> "CANCELLED";
        };
    }

    private static String place(BookingView booking) {
        var venue = booking.venue();
        if (venue == null) {
            return "";
        }
        return venue.address() == null ? venue.name() : venue.name() + ", " + venue.address();
    }

    private String description(BookingView booking) {
        var text = new StringBuilder(lecturer)
                .append(booking.lecturer().name())
                .append('\n')
                .append(host)
                .append(booking.branch().name());
        if (!booking.guests().isEmpty()) {
            text.append('\n')
                    .append(guests)
                    .append(booking.guests().stream().map(GuestRef::name).collect(Collectors.joining(", ")));
        }
        if (booking.note() != null) {
            text.append("\n\n").append(booking.note());
        }
        return text.toString();
    }
}
