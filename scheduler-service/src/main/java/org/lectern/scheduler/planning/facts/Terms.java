package org.lectern.scheduler.planning.facts;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a plan is made for, and with what.
 *
 * @param from the first day, in the campaign's zone
 * @param until the last day
 * @param earliest no lecture starts before
 * @param mostGuests branches that may join another branch's lecture; 0 for none
 * @param guestMinutes the longest way of a guest
 * @param headCounts whether a venue must hold all members of a branch
 * @param perDay lectures a day of lecturers without a limit
 */
public record Terms(
        UUID campaignId,
        LocalDate from,
        LocalDate until,
        Instant earliest,
        String format,
        @Nullable String joinLink,
        int mostGuests,
        int guestMinutes,
        boolean headCounts,
        int perDay,
        Prices prices,
        List<Gone> gone,
        List<Extra> extra) {

    /**
     * A lecturer or a venue that is not used on these days, both included; without both, there are no lectures on these
     * days.
     */
    public record Gone(@Nullable UUID lecturerId, @Nullable UUID venueId, LocalDate from, LocalDate until) {

        boolean on(LocalDate date) {
            return !date.isBefore(from) && !date.isAfter(until);
        }

        /** Whether it concerns a lecture. */
        public boolean concerns(UUID lecturer, @Nullable UUID venue, LocalDate date) {
            return on(date)
                    && (lecturerId == null || lecturerId.equals(lecturer))
                    && (venueId == null || venueId.equals(venue));
        }
    }

    /** Invented lecturers like an existing one, without bookings. */
    public record Extra(UUID likeLecturerId, int count) {

        /** The id of the n-th of them, from 1: equal in every run. */
        public UUID id(int number) {
            return UUID.nameUUIDFromBytes((likeLecturerId + "#" + number).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Whether a booking cannot stay as it is. */
    public boolean isGone(Item.Standing booking, ZoneId zone) {
        LocalDate date = booking.start().atZone(zone).toLocalDate();
        return gone.stream().anyMatch(each -> each.concerns(booking.lecturerId(), booking.venueId(), date));
    }

    boolean isLecturerGone(UUID lecturer, LocalDate date) {
        return gone.stream()
                .anyMatch(each -> each.venueId() == null
                        && each.on(date)
                        && (each.lecturerId() == null || each.lecturerId().equals(lecturer)));
    }

    boolean isVenueGone(UUID venue, LocalDate date) {
        return gone.stream()
                .anyMatch(each -> each.lecturerId() == null && venue.equals(each.venueId()) && each.on(date));
    }
}
