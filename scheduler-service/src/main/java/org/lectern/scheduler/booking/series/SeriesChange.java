package org.lectern.scheduler.booking.series;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.booking.BookingCommand;
import org.lectern.scheduler.booking.RuleOverride;
import org.lectern.scheduler.reason.Reason;
import org.lectern.scheduler.reason.ReasonCode;
import org.lectern.scheduler.validation.MaxLength;

/** A change of one occurrence of a series and all later ones. */
public sealed interface SeriesChange {

    UUID fromOccurrence();

    String reason();

    @Nullable
    String reasonCode();

    /** The reason and its code. */
    default Reason why() {
        return new Reason(reason(), reasonCode());
    }

    @Nullable
    RuleOverride override();

    /** The member that holds the change: a JSON Pointer. */
    String pointer();

    /** Violations that do not depend on the occurrences. */
    default List<Violation> violations() {
        return List.of();
    }

    /** Whether the change includes detached occurrences. */
    boolean takesDetached();

    /** A new time for the occurrences. */
    @Schema(name = "SeriesRescheduleRequest")
    record Reschedule(
            @Schema(description = "The first booking of the change") @NotNull
            UUID fromOccurrence,

            @Schema(description = "The distance by which each occurrence moves; either this or `startTime`")
            @Valid
            @Nullable
            Shift shift,

            @Schema(
                    type = SchemaType.STRING,
                    description = "The new local time on the same date; either this or `shift`",
                    examples = "15:30")
            @Nullable
            LocalTime startTime,

            @Schema(description = "By default the duration stays the same", examples = "90")
            @Min(1)
            @Max(1440)
            @Nullable
            Integer durationMinutes,

            @Schema(description = "Also occurrences that were changed individually; by default they are skipped")
            @Nullable
            Boolean includeDetached,

            @Schema(description = "Shown to the branches: no contact data, please", examples = "农忙季节调整")
            @NotBlank
            @MaxLength(500)
            String reason,

            @Schema(description = ReasonCode.DESCRIPTION, examples = "organizational") @ReasonCode @Nullable
            String reasonCode,

            @Valid @Nullable RuleOverride override)
            implements SeriesChange {

        @Override
        public String pointer() {
            return shift != null ? "/shift" : startTime != null ? "/startTime" : "/durationMinutes";
        }

        @Override
        public List<Violation> violations() {
            List<Violation> violations = new ArrayList<>();
            boolean nothing = shift == null && startTime == null && durationMinutes == null;
            if (nothing || shift != null && startTime != null) {
                violations.add(new Violation("", "series.shift-or-time"));
            }
            if (startTime != null && (startTime.getSecond() != 0 || startTime.getNano() != 0)) {
                violations.add(new Violation("/startTime", "time.whole-minute"));
            }
            return violations;
        }

        @Override
        public boolean takesDetached() {
            return Boolean.TRUE.equals(includeDetached);
        }
    }

    /** Shifts by calendar days first, then by minutes. The local time stays the same across clock changes. */
    @Schema(name = "Shift")
    record Shift(
            @Schema(examples = "7") @Min(-366) @Max(366) @Nullable
            Integer days,

            @Schema(examples = "-30") @Min(-1440) @Max(1440) @Nullable
            Integer minutes) {}

    /** A new lecturer, venue or join link for the occurrences; omitted members stay unchanged. */
    @Schema(name = "SeriesReassignRequest")
    record Reassign(
            @Schema(description = "The first booking of the change") @NotNull
            UUID fromOccurrence,

            @Nullable UUID lecturerId,
            @Nullable UUID venueId,
            @MaxLength(500) @Nullable String joinLink,

            @Schema(description = "Also occurrences that were changed individually; by default they are skipped")
            @Nullable
            Boolean includeDetached,

            @Schema(description = "Shown to the branches: no contact data, please", examples = "讲师调任")
            @NotBlank
            @MaxLength(500)
            String reason,

            @Schema(description = ReasonCode.DESCRIPTION, examples = "organizational") @ReasonCode @Nullable
            String reasonCode,

            @Valid @Nullable RuleOverride override)
            implements SeriesChange {

        @Override
        public String pointer() {
            return lecturerId != null ? "/lecturerId" : venueId != null ? "/venueId" : "";
        }

        @Override
        public List<Violation> violations() {
            return BookingCommand.Rearrange.violations("", lecturerId, venueId, joinLink);
        }

        @Override
        public boolean takesDetached() {
            return Boolean.TRUE.equals(includeDetached);
        }
    }

    /** Cancels the occurrences, including detached ones. */
    @Schema(name = "SeriesCancelRequest")
    record Cancel(
            @Schema(description = "The first booking of the change") @NotNull
            UUID fromOccurrence,

            @Schema(description = "Shown to the branches: no contact data, please", examples = "项目结束")
            @NotBlank
            @MaxLength(500)
            String reason,

            @Schema(description = ReasonCode.DESCRIPTION, examples = "weather") @ReasonCode @Nullable
            String reasonCode)
            implements SeriesChange {

        @Override
        public String pointer() {
            return "/fromOccurrence";
        }

        @Override
        public @Nullable RuleOverride override() {
            return null;
        }

        @Override
        public boolean takesDetached() {
            return true;
        }
    }
}
