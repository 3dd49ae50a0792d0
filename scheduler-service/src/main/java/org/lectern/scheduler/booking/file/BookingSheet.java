package org.lectern.scheduler.booking.file;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.Participants.GuestRef;

/** Bookings as rows of a CSV file: what exports write and imports read. */
public final class BookingSheet {

    /** Separates a code from its head count: {@code QS-V-015:20}. */
    static final char HEADS = ':';

    /** The same as a Chinese keyboard writes it. */
    static final char WIDE_HEADS = '：';

    /** The columns of an export, in order. */
    static final List<String> EXPORTED = List.of(
            "id",
            "status",
            "lecturer",
            "lecturerName",
            "topic",
            "topicTitle",
            "branch",
            "branchName",
            "venue",
            "venueName",
            "guests",
            "format",
            "start",
            "end",
            "zone",
            "joinLink",
            "headCount",
            "note",
            "attended",
            "reason");

    private BookingSheet() {}

    /** The cells of a booking; values hidden in its view are empty. */
    static List<@Nullable Object> cells(BookingView booking) {
        return Arrays.asList(
                booking.id(),
                booking.status(),
                booking.lecturer().code(),
                booking.lecturer().name(),
                booking.topic().code(),
                booking.topic().title(),
                booking.branch().code(),
                booking.branch().name(),
                booking.venue() == null ? null : booking.venue().code(),
                booking.venue() == null ? null : booking.venue().name(),
                guests(booking.guests()),
                booking.format(),
                time(booking.start()),
                time(booking.end()),
                booking.zone(),
                booking.joinLink(),
                booking.expectedHeadCount(),
                booking.note(),
                booking.completion() == null ? null : booking.completion().headCount(),
                booking.reason());
    }

    static String guests(List<GuestRef> guests) {
        return guests.stream()
                .map(guest -> guest.expectedHeadCount() == null
                        ? guest.code()
                        : guest.code() + HEADS + guest.expectedHeadCount())
                .collect(Collectors.joining(";"));
    }

    public static String time(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }
}
