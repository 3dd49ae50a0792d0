package org.lectern.scheduler.planning.facts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.schedule.Hours;
import org.lectern.scheduler.schedule.LecturerSchedule;
import org.lectern.scheduler.schedule.Span;
import org.lectern.scheduler.schedule.calendar.WorkingCalendar;
import org.lectern.scheduler.schedule.travel.Location;
import org.lectern.scheduler.schedule.travel.TravelTimes;

/**
 * What PostgreSQL knew when a plan was made. Times are seconds since 1970.
 *
 * @param first the first date for which schedules and calendar were read
 * @param usual the hours of a lecturer without windows
 * @param proposed the hours of proposed starts
 * @param step minutes between proposed starts
 * @param latest no lecture starts later
 */
record Facts(
        Instant at,
        ZoneId zone,
        LocalDate campaignFrom,
        LocalDate campaignUntil,
        int perBranch,
        int interval,
        List<Topic> topics,
        Map<UUID, Target> targets,
        List<Visit> visits,
        Map<UUID, List<UUID>> requested,
        List<Lecturer> lecturers,
        Map<UUID, List<Engagement>> engagements,
        List<Venue> venues,
        Map<UUID, List<Busy>> venueBusy,
        Map<UUID, List<Busy>> branchBusy,
        WorkingCalendar.Days calendar,
        LocalDate first,
        LocalDate last,
        TravelTimes travel,
        Map<String, Integer> tierPoints,
        Span usual,
        Span proposed,
        int step,
        Instant latest) {

    /** A topic that can be booked. */
    record Topic(UUID id, int minutes) {}

    /** A branch that the campaign must reach. */
    record Target(
            UUID id,
            String code,
            Location spot,
            ZoneId zone,
            boolean parallel,
            @Nullable Integer heads,
            boolean priority) {}

    /** A lecture of the campaign that stands, at one branch. */
    record Visit(UUID bookingId, UUID branchId, UUID topicId, UUID lecturerId, boolean guest, LocalDate date) {}

    record Lecturer(
            UUID id, String code, String tier, @Nullable Location home, List<UUID> topics, LecturerSchedule schedule) {}

    /** A lecture of a lecturer; without a spot it has no place. */
    record Engagement(
            UUID bookingId,
            long start,
            long from,
            long until,
            @Nullable Location spot) {}

    record Venue(
            UUID id,
            String code,
            boolean hall,
            @Nullable UUID ownerId,
            @Nullable Integer capacity,
            Location spot,
            Hours hours) {}

    record Busy(UUID bookingId, long from, long until) {}
}
