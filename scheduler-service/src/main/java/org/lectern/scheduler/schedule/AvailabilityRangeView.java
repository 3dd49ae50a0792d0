package org.lectern.scheduler.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.schedule.AvailabilityView.FreeTime;
import org.lectern.scheduler.schedule.calendar.CalendarDay;

/** When many lecturers and venues are available in a range, by the rules that judge a booking. */
@Schema(name = "AvailabilityRange")
record AvailabilityRangeView(
        @Schema(description = "By code") List<OfLecturer> lecturers,
        @Schema(description = "By code") List<OfVenue> venues,

        @Schema(description = "The public holidays and make-up workdays of the range")
        List<CalendarDay> days,

        @Schema(description = "Years of the range without known holidays")
        List<Integer> unannouncedYears) {

    @Schema(name = "LecturerInRange")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfLecturer(
            UUID lecturerId,
            @Schema(examples = "L-007") String code,
            @Schema(examples = "林晓岚") String name,
            @Schema(examples = "municipal") String tier,

            @Schema(description = "The ETag of the availability, in quotes", examples = "2")
            int version,

            @Schema(examples = "Asia/Shanghai") String zone,

            @Schema(
                    description =
                            "The windows within the range: weekly ones, exceptions and the working calendar together. "
                                    + "Blackouts and bookings are not taken off")
            List<FreeTime> open,

            List<Absence> blackouts,

            @Schema(description = "Absent without a limit", examples = "2") @Nullable
            Integer lecturesPerDay,

            @Nullable Integer lecturesPerWeek,
            @Schema(examples = "48") int noticeHours) {

        OfLecturer withoutReasons() {
            return new OfLecturer(
                    lecturerId,
                    code,
                    name,
                    tier,
                    version,
                    zone,
                    open,
                    blackouts.stream()
                            .map(each -> new Absence(each.from(), each.until(), null))
                            .toList(),
                    lecturesPerDay,
                    lecturesPerWeek,
                    noticeHours);
        }
    }

    @Schema(name = "BlackoutInRange")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Absence(
            OffsetDateTime from,
            OffsetDateTime until,

            @Schema(description = "For organizers only") @Nullable
            String reason) {}

    /** As auditors see it: without the reasons of absences, which may be personal. */
    AvailabilityRangeView withoutReasons() {
        return new AvailabilityRangeView(
                lecturers.stream().map(OfLecturer::withoutReasons).toList(), venues, days, unannouncedYears);
    }

    @Schema(name = "VenueInRange")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfVenue(
            UUID venueId,
            @Schema(examples = "V-014") String code,
            @Schema(examples = "青石村文化礼堂") String name,

            @Schema(description = "The branch that owns it") @Nullable
            UUID branchId,

            @Schema(examples = "120") @Nullable Integer capacity,

            @Schema(description = "The ETag of the opening hours, in quotes", examples = "2")
            int version,

            @Schema(examples = "Asia/Shanghai") String zone,

            @Schema(description = "The opening hours within the range")
            List<FreeTime> open) {}
}
