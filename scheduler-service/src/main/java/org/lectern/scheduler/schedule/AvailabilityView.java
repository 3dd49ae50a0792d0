package org.lectern.scheduler.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.consequence.ConsequencesView;

/** The availability of a lecturer. */
@Schema(name = "LecturerAvailability")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AvailabilityView(
        UUID lecturerId,

        @Schema(description = "Rises by one with every change; the ETag", examples = "2")
        int version,

        @Schema(examples = "Asia/Shanghai") String zone,
        List<WeeklyWindowRequest> weekly,
        List<DateWindows> exceptions,
        List<BlackoutRequest> blackouts,
        LimitsRequest limits,

        @Schema(
                description = "Only with `from` and `to`: the windows without blackouts and active bookings. "
                        + "Limits and travel are not considered")
        @Nullable
        List<FreeTime> free,

        @Schema(description = "Only in the answer to a change: the upcoming bookings that no longer fit") @Nullable
        ConsequencesView consequences) {

    /** A period without bookings. */
    @Schema(name = "FreeTime")
    public record FreeTime(
            @Schema(examples = "2026-12-01T08:30:00+08:00") OffsetDateTime from,

            @Schema(examples = "2026-12-01T11:30:00+08:00") OffsetDateTime until) {}

    AvailabilityView with(List<FreeTime> time) {
        return new AvailabilityView(
                lecturerId, version, zone, weekly, exceptions, blackouts, limits, time, consequences);
    }

    AvailabilityView with(ConsequencesView found) {
        return new AvailabilityView(lecturerId, version, zone, weekly, exceptions, blackouts, limits, free, found);
    }

    /** As the lecturer sees it; which bookings no longer fit is shown apart, within the lecturer's scope. */
    public AvailabilityView withoutConsequences() {
        return new AvailabilityView(lecturerId, version, zone, weekly, exceptions, blackouts, limits, free, null);
    }

    /** As auditors and the audit see it: without the reasons of absences, which may be personal. */
    AvailabilityView withoutReasons() {
        return new AvailabilityView(
                lecturerId,
                version,
                zone,
                weekly,
                exceptions.stream()
                        .map(each -> new DateWindows(each.date(), each.windows(), null))
                        .toList(),
                blackouts.stream().map(BlackoutRequest::withoutReason).toList(),
                limits,
                free,
                consequences);
    }
}
