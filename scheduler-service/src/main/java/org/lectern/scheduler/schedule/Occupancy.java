package org.lectern.scheduler.schedule;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.schedule.calendar.WorkingCalendar;
import org.lectern.scheduler.schedule.travel.Spot;

/**
 * Everything that a search looks at, as it was in the database at one moment. Moments are seconds since 1970.
 *
 * @param now the moment itself
 * @param branchBusy when the branch can hold nothing else
 * @param branchLastVisit when the branch had its last lecture before the range, by whomever
 * @param minutes how long the topic usually takes
 */
public record Occupancy(
        long now,
        ZoneId zone,
        @Nullable Spot branchSpot,
        int minutes,
        Intervals branchBusy,
        @Nullable Long branchLastVisit,
        List<Candidate> lecturers,
        List<Hall> halls,
        WorkingCalendar.Days calendar,
        LocalDate first,
        LocalDate last) {

    /** Of bookings {@code b}: those that occupy their slot at this moment. */
    public static final String ACTIVE = "occupies(b.status) AND NOT is_overdue(b.status, b.hold_expires_at)";

    /**
     * A lecturer on the topic with his lectures around the range, by start.
     *
     * @param lastVisit when he was last at the branch, before the range
     */
    public record Candidate(
            FreeSlot.Lecturer lecturer,
            @Nullable Spot home,
            LecturerSchedule schedule,
            List<Engagement> engagements,
            @Nullable Long lastVisit) {}

    /** A lecture that a lecturer has already. */
    public record Engagement(
            long start,
            long end,
            long occupiedFrom,
            long occupiedUntil,
            @Nullable Spot spot) {}

    /** A venue that may be chosen, and when it is taken. */
    public record Hall(
            FreeSlot.Venue venue,
            boolean ofTheBranch,
            @Nullable Integer capacity,
            @Nullable Spot spot,
            Hours hours,
            Intervals busy) {}

    /** Lectures by the id of their lecturer. */
    public record Engagements(Map<UUID, List<Engagement>> byLecturer) {
        public List<Engagement> of(UUID lecturer) {
            return byLecturer.getOrDefault(lecturer, List.of());
        }
    }
}
