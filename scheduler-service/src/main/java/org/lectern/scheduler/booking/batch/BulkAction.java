package org.lectern.scheduler.booking.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.DiscriminatorMapping;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Flaw;
import org.lectern.chassis.time.Years;
import org.lectern.scheduler.booking.BookingCommand;
import org.lectern.scheduler.validation.MaxLength;

/** What shall become of a booking. */
@Schema(
        name = "BulkAction",
        oneOf = {
            BulkAction.Cancel.class,
            BulkAction.Shift.class,
            BulkAction.MoveToDay.class,
            BulkAction.MoveTo.class,
            BulkAction.Reassign.class,
            BulkAction.Leave.class
        },
        discriminatorProperty = "type",
        discriminatorMapping = {
            @DiscriminatorMapping(value = "cancel", schema = BulkAction.Cancel.class),
            @DiscriminatorMapping(value = "shift", schema = BulkAction.Shift.class),
            @DiscriminatorMapping(value = "move-to-day", schema = BulkAction.MoveToDay.class),
            @DiscriminatorMapping(value = "move-to", schema = BulkAction.MoveTo.class),
            @DiscriminatorMapping(value = "reassign", schema = BulkAction.Reassign.class),
            @DiscriminatorMapping(value = "leave", schema = BulkAction.Leave.class)
        })
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BulkAction.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = BulkAction.Shift.class, name = "shift"),
    @JsonSubTypes.Type(value = BulkAction.MoveToDay.class, name = "move-to-day"),
    @JsonSubTypes.Type(value = BulkAction.MoveTo.class, name = "move-to"),
    @JsonSubTypes.Type(value = BulkAction.Reassign.class, name = "reassign"),
    @JsonSubTypes.Type(value = BulkAction.Leave.class, name = "leave")
})
public sealed interface BulkAction {

    /**
     * What is wrong with it whatever the bookings are.
     *
     * @param pointer where it stands in the request
     */
    default List<Flaw> flaws(String pointer) {
        return List.of();
    }

    /** What makes sense for single bookings only. */
    sealed interface ForOne extends BulkAction {}

    /** It will not take place; a hold is released. */
    @Schema(
            name = "BulkCancel",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "cancel"),
            description = "It will not take place; a hold is released")
    record Cancel() implements BulkAction {}

    /** By days on the calendar first, then by minutes; the wall-clock time is kept over clock changes. */
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
        public List<Flaw> flaws(String pointer) {
            boolean none = (days == null || days == 0) && (minutes == null || minutes == 0);
            return none ? List.of(new Flaw(pointer, "bulk.shift-nothing")) : List.of();
        }
    }

    /** To another day, at the same time on the clock. */
    @Schema(
            name = "BulkMoveToDay",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "move-to-day"),
            description = "To another day, at the same time on the clock")
    record MoveToDay(
            @Schema(type = SchemaType.STRING, format = "date", examples = "2026-12-03") @NotNull
            LocalDate day) implements BulkAction {

        @Override
        public List<Flaw> flaws(String pointer) {
            boolean known = Years.accept(day.getYear());
            return known ? List.of() : List.of(new Flaw(pointer + "/day", "time.year"));
        }
    }

    /** To a time of its own. */
    @Schema(
            name = "BulkMoveTo",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "move-to"),
            description = "To a time of its own; for single bookings only")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MoveTo(
            @Schema(examples = "2026-12-03T09:00:00+08:00") @NotNull
            OffsetDateTime start,

            @Schema(description = "By default as long as before") @Nullable
            OffsetDateTime end)
            implements ForOne {}

    /** To another lecturer, venue or join link. */
    @Schema(
            name = "BulkReassign",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "reassign"),
            description = "To another lecturer, venue or join link; what is left out stays")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Reassign(
            @Nullable UUID lecturerId,
            @Nullable UUID venueId,
            @MaxLength(500) @Nullable String joinLink) implements BulkAction {

        @Override
        public List<Flaw> flaws(String pointer) {
            return BookingCommand.Reassign.flaws(pointer, lecturerId, venueId, joinLink);
        }
    }

    /** It stays as it is. */
    @Schema(
            name = "BulkLeave",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "leave"),
            description = "It stays as it is; for single bookings only")
    record Leave() implements ForOne {}
}
