package org.lectern.scheduler.schedule;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.schedule.calendar.WorkingCalendar;
import org.lectern.scheduler.schedule.travel.Location;

/**
 * The input of a search, as one database snapshot. Times are seconds since 1970.
 *
 * @param now the time of the snapshot
 * @param branchBusy when the branch cannot hold another lecture
 * @param branchLastVisit the branch's last lecture before the range, by any lecturer
 * @param minutes the usual length of the topic
 */
public record Occupancy(
        long now,
        ZoneId zone,
        @Nullable Location branchSpot,
        int minutes,
        Intervals branchBusy,
        @Nullable Long branchLastVisit,
        List<Candidate> lecturers,
        List<Hall> halls,
        WorkingCalendar.Days calendar,
        LocalDate first,
        LocalDate last) {

    /** SQL condition on bookings {@code b}: those that occupy their slot now. */
    public static final String ACTIVE = "occupies(b.status) AND NOT is_overdue(b.status, b.hold_expires_at)";

    /**
     * SQL: bookings {@code b} with the venue {@code v} and branch {@code r} that {@code lecture_place} takes for them.
     */
    public static final String WITH_PLACES = """
            booking b
            LEFT JOIN venue v ON v.id = b.venue_id
            LEFT JOIN branch r ON r.id = coalesce(v.branch_id, CASE WHEN v.latitude IS NULL THEN b.branch_id END)""";

    /** SQL: the columns of the place of a lecture, from {@link #WITH_PLACES}. */
    public static final String PLACE = """
            v.id AS venue_id, r.id AS at_branch, coalesce(v.latitude, r.latitude) AS latitude,
            coalesce(v.longitude, r.longitude) AS longitude""";

    /**
     * A lecturer for the topic, with the lectures around the range, by start.
     *
     * @param lastVisit the lecturer's last visit to the branch before the range
     */
    public record Candidate(
            FreeSlot.Lecturer lecturer,
            @Nullable Location home,
            LecturerSchedule schedule,
            List<Engagement> engagements,
            @Nullable Long lastVisit) {}

    /** An existing lecture of a lecturer. */
    public record Engagement(
            long start,
            long end,
            long occupiedFrom,
            long occupiedUntil,
            @Nullable Location spot) {}

    /** A candidate venue and its occupied times. */
    public record Hall(
            FreeSlot.Venue venue,
            boolean ofTheBranch,
            @Nullable Integer capacity,
            @Nullable Location spot,
            Hours hours,
            Intervals busy) {}

    /** Lectures by lecturer id. */
    public record Engagements(Map<UUID, List<Engagement>> byLecturer) {
        public List<Engagement> of(UUID lecturer) {
            return byLecturer.getOrDefault(lecturer, List.of());
        }
    }
}
