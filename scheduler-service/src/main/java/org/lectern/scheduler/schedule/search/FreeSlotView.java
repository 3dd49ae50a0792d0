package org.lectern.scheduler.schedule.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.schedule.FreeSlot;

/** A lecture that can be booked; its members are those of a booking request. */
@Schema(name = "FreeSlot")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FreeSlotView(
        Lecturer lecturer,

        @Schema(description = "Absent for a format with a join link") @Nullable
        Venue venue,

        @Schema(examples = "2026-12-01T14:00:00+08:00") OffsetDateTime start,
        @Schema(examples = "2026-12-01T15:30:00+08:00") OffsetDateTime end,
        @Schema(examples = "Asia/Shanghai") String zone,

        @Schema(description = "100 plus the points of all reasons; a higher score is better", examples = "103")
        int score,

        List<Reason> reasons) {

    /** The proposed lecturer. */
    @Schema(name = "FreeLecturer")
    public record Lecturer(
            UUID id,
            @Schema(examples = "L-007") String code,
            @Schema(examples = "林晓岚") String name,
            @Schema(examples = "municipal") String tier) {}

    /** The proposed venue. */
    @Schema(name = "FreeVenue")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Venue(
            UUID id,
            @Schema(examples = "V-014") String code,
            @Schema(examples = "青石村文化礼堂") String name,
            @Schema(examples = "青石村8号") @Nullable String address) {}

    /** A reason for or against it. */
    @Schema(name = "FreeSlotReason")
    public record Reason(
            @Schema(enumeration = {"instead", "travel", "load", "tier", "last-visit", "venue", "sooner", "calendar"})
            String reason,

            @Schema(examples = "-4") int points,

            @Schema(examples = "28 minutes on the road that day")
            String detail) {}

    static FreeSlotView of(FreeSlot slot, ZoneId zone, Messages messages) {
        FreeSlot.Lecturer lecturer = slot.lecturer();
        FreeSlot.Venue venue = slot.venue();
        return new FreeSlotView(
                new Lecturer(lecturer.id(), lecturer.code(), lecturer.name(), lecturer.tier()),
                venue == null ? null : new Venue(venue.id(), venue.code(), venue.name(), venue.address()),
                slot.start().atZone(zone).toOffsetDateTime(),
                slot.end().atZone(zone).toOffsetDateTime(),
                zone.getId(),
                slot.score(),
                slot.reasons().stream()
                        .map(reason -> new Reason(
                                reason.kind().label(),
                                reason.points(),
                                messages.text(
                                        "reason." + reason.key(),
                                        reason.arguments().toArray())))
                        .toList());
    }
}
