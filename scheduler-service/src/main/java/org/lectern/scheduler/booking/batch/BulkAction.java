package org.lectern.scheduler.booking.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.DiscriminatorMapping;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.time.Years;
import org.lectern.scheduler.booking.BookingCommand;
import org.lectern.scheduler.booking.RuleOverride;
import org.lectern.scheduler.reason.Reason;
import org.lectern.scheduler.validation.MaxLength;

/** The action for a booking. */
@Schema(
        name = "BulkAction",
        oneOf = {
            BulkAction.Cancel.class,
            BulkAction.Shift.class,
            BulkAction.MoveToDay.class,
            BulkAction.Change.class,
            BulkAction.Reassign.class,
            BulkAction.Substitute.class,
            BulkAction.Leave.class
        },
        discriminatorProperty = "type",
        discriminatorMapping = {
            @DiscriminatorMapping(value = "cancel", schema = BulkAction.Cancel.class),
            @DiscriminatorMapping(value = "shift", schema = BulkAction.Shift.class),
            @DiscriminatorMapping(value = "move-to-day", schema = BulkAction.MoveToDay.class),
            @DiscriminatorMapping(value = "change", schema = BulkAction.Change.class),
            @DiscriminatorMapping(value = "reassign", schema = BulkAction.Reassign.class),
            @DiscriminatorMapping(value = "substitute", schema = BulkAction.Substitute.class),
            @DiscriminatorMapping(value = "leave", schema = BulkAction.Leave.class)
        })
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BulkAction.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = BulkAction.Shift.class, name = "shift"),
    @JsonSubTypes.Type(value = BulkAction.MoveToDay.class, name = "move-to-day"),
    @JsonSubTypes.Type(value = BulkAction.Change.class, name = "change"),
    @JsonSubTypes.Type(value = BulkAction.Reassign.class, name = "reassign"),
    @JsonSubTypes.Type(value = BulkAction.Substitute.class, name = "substitute"),
    @JsonSubTypes.Type(value = BulkAction.Leave.class, name = "leave")
})
public sealed interface BulkAction {

    /**
     * Violations that do not depend on the bookings.
     *
     * @param pointer the action's location in the request
     */
    default List<Violation> violations(String pointer) {
        return List.of();
    }

    /** Actions for single bookings only. */
    sealed interface SingleBookingAction extends BulkAction {}

    /** Cancels the lecture; a hold is released. */
    @Schema(
            name = "BulkCancel",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "cancel"),
            description = "It will not take place; a hold is released")
    record Cancel() implements BulkAction {}

    /** Shifts by calendar days first, then by minutes. The local time stays the same across clock changes. */
    @Schema(
            name = "BulkShift",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "shift"),
            description = "By days on the calendar first, then by minutes; the wall-clock time is kept "
                    + "over clock changes")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shift(
            @Schema(examples = "1") @Min(-366) @Max(366) @Nullable
            Integer days,

            @Schema(examples = "-30") @Min(-1440) @Max(1440) @Nullable
            Integer minutes)
            implements BulkAction {

        @Override
        public List<Violation> violations(String pointer) {
            boolean none = (days == null || days == 0) && (minutes == null || minutes == 0);
            return none ? List.of(new Violation(pointer, "bulk.shift-nothing")) : List.of();
        }
    }

    /** Moves to another day, at the same local time. */
    @Schema(
            name = "BulkMoveToDay",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "move-to-day"),
            description = "Moves to another day, at the same local time")
    record MoveToDay(
            @Schema(type = SchemaType.STRING, format = "date", examples = "2026-12-03") @NotNull
            LocalDate day) implements BulkAction {

        @Override
        public List<Violation> violations(String pointer) {
            boolean known = Years.accept(day.getYear());
            return known ? List.of() : List.of(new Violation(pointer + "/day", "time.year"));
        }
    }

    /** Another time, lecturer, place or host. */
    @Schema(
            name = "BulkChange",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "change"),
            description =
                    "To a time, lecturer, place or host of its own, as `POST /bookings/{id}/change`; what is left out "
                            + "stays. For single bookings only")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Change(
            @Schema(examples = "2026-12-03T09:00:00+08:00") @Nullable
            OffsetDateTime start,

            @Schema(description = "By default the same duration as before") @Nullable
            OffsetDateTime end,

            @Nullable UUID lecturerId,
            @Nullable UUID venueId,
            @MaxLength(500) @Nullable String joinLink,
            @Nullable UUID branchId)
            implements SingleBookingAction {

        static Change of(BookingCommand.Rearrange like) {
            return new Change(
                    like.start(), like.end(), like.lecturerId(), like.venueId(), like.joinLink(), like.branchId());
        }

        BookingCommand.Rearrange command(Reason why, @Nullable RuleOverride override) {
            return BookingCommand.Rearrange.of(start, end, lecturerId, venueId, joinLink, branchId, why, override);
        }

        @Override
        public List<Violation> violations(String pointer) {
            return command(Reason.of(""), null).violations().stream()
                    .map(each -> new Violation(pointer, each.key(), each.arguments()))
                    .toList();
        }
    }

    /** Assigns another lecturer, venue or join link. */
    @Schema(
            name = "BulkReassign",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "reassign"),
            description =
                    "Moves to another lecturer, venue or join link; a field that is left out stays " + "unchanged")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Reassign(
            @Nullable UUID lecturerId,
            @Nullable UUID venueId,
            @MaxLength(500) @Nullable String joinLink) implements BulkAction {

        @Override
        public List<Violation> violations(String pointer) {
            return BookingCommand.Rearrange.violations(pointer, lecturerId, venueId, joinLink);
        }
    }

    /** Gives the lectures to others who can take them, spread fairly; the preview proposes the substitutes. */
    @Schema(
            name = "BulkSubstitute",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "substitute"),
            description =
                    "To others on the topic who can take them, spread fairly. The preview proposes who; `choices` "
                            + "change single proposals. Lectures without a substitute stay as they are and are listed in `unplaced`")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Substitute(
            @Schema(description = "Only among these; by default everyone on the topic")
            @Size(min = 1, max = 200)
            @Nullable
            Set<@NotNull UUID> lecturerIds)
            implements BulkAction {}

    /** Leaves the booking unchanged. */
    @Schema(
            name = "BulkLeave",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "leave"),
            description = "It stays as it is. As the action for all, only bookings with a choice change")
    record Leave() implements BulkAction {}
}
