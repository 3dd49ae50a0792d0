package org.lectern.scheduler.booking.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.BookingCommand.GuestRequest;
import org.lectern.scheduler.booking.RuleOverride;
import org.lectern.scheduler.validation.MaxLength;

/** A repeated lecture: weekly or on listed dates, always at the same local time. */
@Schema(name = "SeriesRequest")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SeriesRequest(
        @NotNull UUID lecturerId,
        @NotNull UUID topicId,

        @Schema(description = "The host of the lectures") @NotNull
        UUID branchId,

        @Nullable UUID venueId,

        @Schema(examples = "https://live.example.org/r/17") @MaxLength(500) @Nullable
        String joinLink,

        @Schema(examples = "lecture") @NotBlank @MaxLength(50)
        String format,

        @Schema(
                type = SchemaType.STRING,
                description = "Local time in the zone, on a whole minute; kept when clocks change. A date on which the "
                        + "clocks skip it is refused, or left out (`onConflict`); of a repeated time the first counts",
                examples = "14:00")
        @NotNull
        LocalTime startTime,

        @Schema(description = "By default the topic's duration", examples = "90") @Min(1) @Max(1440) @Nullable
        Integer durationMinutes,

        @Schema(description = "IANA time zone; by default the branch's", examples = "Asia/Shanghai")
        @MaxLength(60)
        @Nullable
        String zone,

        @Schema(description = "Either this or `dates`") @Valid @Nullable
        Weekly weekly,

        @Schema(description = "Either this or `weekly`", examples = "[\"2026-12-01\", \"2026-12-15\"]")
        @Size(min = 1, max = 1000)
        @Nullable
        List<@NotNull LocalDate> dates,

        @Schema(description = "Dates of the pattern to leave out") @Size(max = 1000) @Nullable
        Set<@NotNull LocalDate> skip,

        @Schema(
                description = "The reaction to conflicts, broken rules and times that do not exist: refuse the whole "
                        + "series (default), or book the other occurrences")
        @Nullable
        OnConflict onConflict,

        @Schema(examples = "80") @Min(0) @Max(100_000) @Nullable
        Integer expectedHeadCount,

        @Schema(description = "For the organizers; alerts and events do not carry it") @MaxLength(2000) @Nullable
        String note,

        @Schema(description = "Branches that join every occurrence; none by default") @Size(max = 50) @Nullable
        List<@NotNull @Valid GuestRequest> guests,

        @Schema(description = "Overrides the overridable rules for all occurrences") @Valid @Nullable
        RuleOverride override,

        @Schema(description = "The campaign that every occurrence is for, as with a booking; by default none") @Nullable
        UUID campaignId) {

    /** How to treat a series with impossible occurrences. */
    @Schema(name = "OnConflict")
    public enum OnConflict {
        REFUSE,
        SKIP
    }

    /** Every given number of weeks on these weekdays; weeks begin on Monday (ISO 8601). */
    @Schema(name = "Weekly")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Weekly(
            @Schema(
                    description = "The first date that counts; itself an occurrence if its weekday is one of them",
                    examples = "2026-12-01")
            @NotNull
            LocalDate from,

            @Schema(description = "1 for every week, 2 for every other", examples = "1", defaultValue = "1")
            @Min(1)
            @Max(52)
            @Nullable
            Integer interval,

            @Schema(description = "By default the weekday of `from`", examples = "[\"TUESDAY\", \"FRIDAY\"]")
            @Size(min = 1, max = 7)
            @Nullable
            Set<@NotNull DayOfWeek> weekdays,

            @Schema(description = "The number of occurrences; either this or `until`", examples = "10")
            @Min(1)
            @Max(1000)
            @Nullable
            Integer count,

            @Schema(description = "The last date that counts; either this or `count`", examples = "2027-02-28")
            @Nullable
            LocalDate until) {}

    OnConflict whenConflicting() {
        return onConflict == null ? OnConflict.REFUSE : onConflict;
    }

    Set<LocalDate> skipped() {
        return skip == null ? Set.of() : skip;
    }
}
