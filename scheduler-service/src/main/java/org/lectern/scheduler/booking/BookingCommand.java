package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Flaw;
import org.lectern.scheduler.validation.MaxLength;

/**
 * What can be done with bookings. A command with a body is that body, validated; {@link BookingCommands} carries it
 * out, whether it comes alone, in a batch, in a series or in a file.
 */
public sealed interface BookingCommand {

    /** The parties it brings in, which are locked before it is carried out. */
    default Locks parties() {
        return Locks.none();
    }

    /** Lifts the rules that can be lifted. */
    default @Nullable RuleOverride override() {
        return null;
    }

    /** A change of a booking that exists. */
    sealed interface Change extends BookingCommand {

        /** What is wrong with it whatever the booking is. */
        default List<Flaw> flaws() {
            return List.of();
        }
    }

    /** A lecture to be booked. */
    @Schema(name = "BookingRequest")
    record Book(
            @NotNull UUID lecturerId,
            @NotNull UUID topicId,

            @Schema(description = "The branch that hosts the lecture") @NotNull
            UUID branchId,

            @Schema(description = "Where; every format needs one except those that are watched by a join link")
            @Nullable
            UUID venueId,

            @Schema(
                    description = "Where a broadcast is watched; http or https",
                    examples = "https://live.example.org/r/17")
            @MaxLength(500)
            @Nullable
            String joinLink,

            @Schema(
                    description =
                            "lecture, story-telling, panel, field-class or broadcast, unless configured otherwise",
                    examples = "lecture")
            @NotBlank
            @MaxLength(50)
            String format,

            @Schema(
                    description = "RFC 3339 with offset, on a whole minute; UTC, or the offset that the zone has then",
                    examples = "2026-12-01T14:00:00+08:00")
            @NotNull
            OffsetDateTime start,

            @Schema(
                    description = "Not part of the lecture any more; by default the start and the topic's duration",
                    examples = "2026-12-01T16:00:00+08:00")
            @Nullable
            OffsetDateTime end,

            @Schema(description = "IANA time zone; by default the branch's", examples = "Asia/Shanghai")
            @MaxLength(60)
            @Nullable
            String zone,

            @Schema(examples = "80") @Min(0) @Max(100_000) @Nullable
            Integer expectedHeadCount,

            @Schema(description = "For the organizers; alerts and events do not carry it") @MaxLength(2000) @Nullable
            String note,

            @Schema(description = "Only reserves the slot; nobody is told until it is confirmed") @Valid @Nullable
            HoldUntil hold,

            @Schema(description = "Lifts the rules that can be lifted; without it they are kept") @Valid @Nullable
            RuleOverride override,

            @Schema(description = "Branches that join the lecture; none by default") @Size(max = 50) @Nullable
            List<@NotNull @Valid GuestRequest> guests,

            @Schema(
                    description =
                            "The campaign it is for: it must be active, have the topic and want one of the branches to "
                                    + "be reached; its window, formats, tiers and interval are rules that `override` lifts")
            @Nullable
            UUID campaignId)
            implements BookingCommand {

        @Override
        public Locks parties() {
            Set<UUID> branches = new HashSet<>(Set.of(branchId));
            if (guests != null) {
                guests.forEach(guest -> branches.add(guest.branchId()));
            }
            return Locks.none().and(lecturerId, venueId, branches);
        }
    }

    /** A branch that joins the lecture of another. */
    @Schema(name = "GuestRequest")
    record GuestRequest(
            @NotNull UUID branchId,

            @Schema(description = "How many it sends; counts against the venue's capacity", examples = "20")
            @Min(0)
            @Max(100_000)
            @Nullable
            Integer expectedHeadCount) {}

    /** Another time for a lecture. */
    @Schema(name = "RescheduleRequest")
    record Reschedule(
            @Schema(examples = "2026-12-02T09:00:00+08:00") @NotNull
            OffsetDateTime start,

            @Schema(description = "By default as long as before", examples = "2026-12-02T11:00:00+08:00") @Nullable
            OffsetDateTime end,

            @Schema(description = "Told to the branch: no contact data, please", examples = "礼堂检修")
            @NotBlank
            @MaxLength(500)
            String reason,

            @Schema(description = "Lifts the rules that can be lifted; without it they are kept") @Valid @Nullable
            RuleOverride override)
            implements Change {}

    /** Another lecturer, venue or join link for a lecture; what is left out stays as it is. */
    @Schema(name = "ReassignRequest")
    record Reassign(
            @Nullable UUID lecturerId,
            @Nullable UUID venueId,

            @Schema(examples = "https://live.example.org/r/17") @MaxLength(500) @Nullable
            String joinLink,

            @Schema(description = "Told to the branch: no contact data, please", examples = "讲师临时有任务")
            @NotBlank
            @MaxLength(500)
            String reason,

            @Schema(description = "Lifts the rules that can be lifted; without it they are kept") @Valid @Nullable
            RuleOverride override)
            implements Change {

        @Override
        public List<Flaw> flaws() {
            return flaws("", lecturerId, venueId, joinLink);
        }

        /** What is wrong with an assignment that names nothing. */
        public static List<Flaw> flaws(
                String pointer, @Nullable UUID lecturer, @Nullable UUID venue, @Nullable String link) {
            return lecturer == null && venue == null && link == null
                    ? List.of(new Flaw(pointer, "reassign.nothing"))
                    : List.of();
        }

        @Override
        public Locks parties() {
            return Locks.none().and(lecturerId, venueId, Set.of());
        }
    }

    /** A branch that joins a lecture that is booked already. */
    @Schema(name = "JoinRequest")
    record Join(
            @NotNull UUID branchId,

            @Schema(description = "How many it sends; counts against the venue's capacity", examples = "20")
            @Min(0)
            @Max(100_000)
            @Nullable
            Integer expectedHeadCount,

            @Schema(description = "Lifts the limit of the venue's capacity") @Valid @Nullable
            RuleOverride override)
            implements Change {

        @Override
        public Locks parties() {
            return Locks.none().and(null, null, Set.of(branchId));
        }
    }

    /** A guest leaves the lecture. */
    record Leave(UUID branchId) implements Change {}

    /** A hold becomes a lecture that will take place; only now the branches are told. */
    @JsonAutoDetect // has no member, and is part of what a repeat must agree with all the same
    record Confirm() implements Change {}

    /** That a slot shall be reserved only, and until when. */
    @Schema(name = "HoldRequest")
    record HoldUntil(
            @Schema(
                    description = "RFC 3339 with offset; by default as long as the service holds slots usually, "
                            + "and never beyond the start of the lecture",
                    examples = "2026-11-25T18:00:00+08:00")
            @Nullable
            OffsetDateTime expiresAt)
            implements Change {}

    /** Why a held slot is given up. */
    @Schema(name = "ReleaseRequest")
    record Release(
            @Schema(description = "Nobody was told of the hold, so no reason is due", examples = "另选了时间")
            @MaxLength(500)
            @Nullable
            String reason)
            implements Change {}

    /** The hold's time is over by the database's clock; nobody asks for it. */
    record Expire() implements Change {}

    /** Why a lecture will not take place; a hold is released instead, as nobody was told of it. */
    @Schema(name = "CancelRequest")
    record Cancel(
            @Schema(description = "Told to the branch: no contact data, please", examples = "台风预警")
            @NotBlank
            @MaxLength(500)
            String reason)
            implements Change {}

    /** That a lecture was held, and before how many. */
    @Schema(name = "CompleteRequest")
    record Complete(
            @Schema(description = "How many came; nothing about individuals is kept", examples = "76")
            @NotNull
            @Min(0)
            @Max(100_000)
            Integer headCount,

            @Schema(examples = "现场提问踊跃") @MaxLength(2000) @Nullable
            String note,

            @Schema(
                    description = "Where the evidence is to be seen: photographs, a signed list; http or https",
                    examples = "https://files.example.org/lectures/17")
            @MaxLength(500)
            @Pattern(regexp = "https?://\\S+", message = "{org.lectern.Link.message}")
            @Nullable
            String link)
            implements Change {}

    /** What is to be recorded of a lecture that was held instead of what is recorded now; it is replaced whole. */
    @Schema(name = "CorrectRequest")
    record Correct(
            @Schema(description = "How many came; nothing about individuals is kept", examples = "67")
            @NotNull
            @Min(0)
            @Max(100_000)
            Integer headCount,

            @Schema(examples = "现场提问踊跃") @MaxLength(2000) @Nullable
            String note,

            @Schema(
                    description = "Where the evidence is to be seen; http or https",
                    examples = "https://files.example.org/lectures/17")
            @MaxLength(500)
            @Pattern(regexp = "https?://\\S+", message = "{org.lectern.Link.message}")
            @Nullable
            String link,

            @Schema(description = "Why it was wrong", examples = "签到表重复统计") @NotBlank @MaxLength(500)
            String reason)
            implements Change {}
}
