package org.lectern.scheduler.booking.series;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.BookingCommand.GuestRequest;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.RuleOverride;

/** What further occurrences of a series are like. */
final class Template {

    private Template() {}

    /**
     * Like the last occurrence that follows the series, so that changes of the series apply to new dates too; like the
     * first request if there is none.
     */
    static SeriesRequest of(
            SeriesRequest pattern, ZoneId zone, List<BookingView> occurrences, @Nullable RuleOverride override) {
        Optional<BookingView> last = occurrences.reversed().stream()
                .filter(each -> !Boolean.TRUE.equals(each.seriesDetached()))
                .findFirst();
        if (last.isEmpty()) {
            return request(pattern, zone, override);
        }
        BookingView like = last.get();
        return new SeriesRequest(
                like.lecturer().id(),
                like.topic().id(),
                like.branch().id(),
                like.venue() == null ? null : like.venue().id(),
                like.joinLink(),
                like.format(),
                like.start().atZoneSameInstant(ZoneId.of(like.zone())).toLocalTime(),
                (int) Duration.between(like.start(), like.end()).toMinutes(),
                like.zone(),
                null,
                null,
                null,
                null,
                like.expectedHeadCount(),
                like.note(),
                like.guests().stream()
                        .map(guest -> new GuestRequest(guest.id(), guest.expectedHeadCount()))
                        .toList(),
                override,
                like.campaignId());
    }

    private static SeriesRequest request(SeriesRequest pattern, ZoneId zone, @Nullable RuleOverride override) {
        return new SeriesRequest(
                pattern.lecturerId(),
                pattern.topicId(),
                pattern.branchId(),
                pattern.venueId(),
                pattern.joinLink(),
                pattern.format(),
                pattern.startTime(),
                pattern.durationMinutes(),
                zone.getId(),
                null,
                null,
                null,
                null,
                pattern.expectedHeadCount(),
                pattern.note(),
                pattern.guests(),
                override,
                pattern.campaignId());
    }

    /** The date of an occurrence at its place. */
    static LocalDate date(BookingView occurrence) {
        return occurrence
                .start()
                .atZoneSameInstant(ZoneId.of(occurrence.zone()))
                .toLocalDate();
    }
}
