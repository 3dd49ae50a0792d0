package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.reason.Reason;
import org.lectern.scheduler.reason.ReasonCode;
import org.lectern.scheduler.validation.MaxLength;

/**
 * Commands for bookings. A command with a body is the validated body itself. {@link BookingCommands} executes it alone,
 * in a batch, in a series or from a file.
 */
public sealed interface BookingCommand {

    /** The parties that the command adds, locked before it runs. */
    default Locks parties() {
        return Locks.none();
    }

    /** The override of rules that can be overridden. */
    default @Nullable RuleOverride override() {
        return null;
    }

    /** A change of an existing booking. */
    sealed interface Change extends BookingCommand {

        /** Violations that do not depend on the booking. */
        default List<Violation> violations() {
            return List.of();
        }

        /** For the history. */
        default Reason why() {
            return Reason.NONE;
        }
    }

    /**
     * Tells the branches again what the lecture is now, after its topic, lecturer or venue was renamed or moved. They
     * acknowledge again.
     */
    record Renotify(String reason, @Nullable String reasonCode) implements Change {

        @Override
        public Reason why() {
            return new Reason(reason, reasonCode);
        }
    }

    /** A lecture to book. */
    @Schema(name = "BookingRequest")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Book(
            @NotNull UUID lecturerId,
            @NotNull UUID topicId,

            @Schema(description = "The host of the lecture") @NotNull
            UUID branchId,

            @Schema(description = "The venue. Every format needs one, except formats with a join link") @Nullable
            UUID venueId,

            @Schema(description = "The link to a broadcast; http or https", examples = "https://live.example.org/r/17")
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
                    description = "Exclusive; by default the start and the topic's duration",
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

            @Schema(description = "Only reserves the slot; branches are not notified until it is confirmed")
            @Valid
            @Nullable
            HoldUntil hold,

            @Schema(description = "Overrides the overridable rules; without it they apply") @Valid @Nullable
            RuleOverride override,

            @Schema(description = "Branches that join the lecture; none by default") @Size(max = 50) @Nullable
            List<@NotNull @Valid GuestRequest> guests,

            @Schema(
                    description = "The campaign. It must be active, have the topic, and have one of the branches as "
                            + "a target. Its window, formats, tiers and interval are rules that `override` "
                            + "covers")
            @Nullable
            UUID campaignId)
            implements BookingCommand {

        /** The same lecture at another time, with another lecturer or venue. */
        Book instead(OffsetDateTime from, OffsetDateTime until, UUID lecturer, @Nullable UUID venue) {
            return new Book(
                    lecturer,
                    topicId,
                    branchId,
                    venue == null ? venueId : venue,
                    joinLink,
                    format,
                    from,
                    until,
                    zone,
                    expectedHeadCount,
                    note,
                    hold,
                    null,
                    guests,
                    campaignId);
        }

        @Override
        public Locks parties() {
            Set<UUID> branches = new HashSet<>(Set.of(branchId));
            if (guests != null) {
                guests.forEach(guest -> branches.add(guest.branchId()));
            }
            return Locks.none().and(lecturerId, venueId, branches);
        }
    }

    /** A branch that joins another branch's lecture. */
    @Schema(name = "GuestRequest")
    record GuestRequest(
            @NotNull UUID branchId,

            @Schema(description = "The number of people it sends; counts against the venue's capacity", examples = "20")
            @Min(0)
            @Max(100_000)
            @Nullable
            Integer expectedHeadCount) {}

    /** A new time, lecturer, place or host for a lecture, in any combination; omitted members stay unchanged. */
    @Schema(name = "ChangeRequest")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rearrange(
            @Schema(description = "By default unchanged", examples = "2026-12-02T09:00:00+08:00") @Nullable
            OffsetDateTime start,

            @Schema(
                    description = "By default the lecture lasts as long as before",
                    examples = "2026-12-02T11:00:00+08:00")
            @Nullable
            OffsetDateTime end,

            @Nullable UUID lecturerId,
            @Nullable UUID venueId,

            @Schema(examples = "https://live.example.org/r/17") @MaxLength(500) @Nullable
            String joinLink,

            @Schema(
                    description =
                            "The new host of the lecture. The former host gets a notice of the cancellation, the new one "
                                    + "of the booking. A guest that becomes the host is no longer a guest")
            @Nullable
            UUID branchId,

            @Schema(description = "Shown to the branches: no contact data, please", examples = "讲师临时有任务")
            @NotBlank
            @MaxLength(500)
            String reason,

            @Schema(description = ReasonCode.DESCRIPTION, examples = "lecturer-ill") @ReasonCode @Nullable
            String reasonCode,

            @Schema(description = "Overrides the overridable rules; without it they apply") @Valid @Nullable
            RuleOverride override)
            implements Change {

        /** @param why must have a text */
        public static Rearrange of(
                @Nullable OffsetDateTime start,
                @Nullable OffsetDateTime end,
                @Nullable UUID lecturer,
                @Nullable UUID venue,
                @Nullable String link,
                @Nullable UUID host,
                Reason why,
                @Nullable RuleOverride override) {
            String text = Objects.requireNonNull(why.text());
            return new Rearrange(start, end, lecturer, venue, link, host, text, why.code(), override);
        }

        /** Another time. */
        public static Rearrange time(
                OffsetDateTime start, @Nullable OffsetDateTime end, Reason why, @Nullable RuleOverride override) {
            return of(start, end, null, null, null, null, why, override);
        }

        /** Another lecturer, venue or join link. */
        public static Rearrange assignment(
                @Nullable UUID lecturer,
                @Nullable UUID venue,
                @Nullable String link,
                Reason why,
                @Nullable RuleOverride override) {
            return of(null, null, lecturer, venue, link, null, why, override);
        }

        /** The same change to another time, lecturer or venue. */
        Rearrange instead(OffsetDateTime from, OffsetDateTime until, UUID lecturer, @Nullable UUID venue) {
            return new Rearrange(
                    from,
                    until,
                    lecturer,
                    venue == null ? venueId : venue,
                    joinLink,
                    branchId,
                    reason,
                    reasonCode,
                    null);
        }

        @Override
        public Reason why() {
            return new Reason(reason, reasonCode);
        }

        @Override
        public List<Violation> violations() {
            boolean nothing = start == null && end == null && branchId == null;
            return nothing ? violations("", lecturerId, venueId, joinLink) : List.of();
        }

        /** Violations of an assignment, for instance one without any member. */
        public static List<Violation> violations(
                String pointer, @Nullable UUID lecturer, @Nullable UUID venue, @Nullable String link) {
            return lecturer == null && venue == null && link == null
                    ? List.of(new Violation(pointer, "change.nothing"))
                    : List.of();
        }

        /** Whether only the time is to change. */
        boolean onlyTime() {
            return lecturerId == null && venueId == null && joinLink == null && branchId == null;
        }

        @Override
        public Locks parties() {
            return Locks.none().and(lecturerId, venueId, branchId == null ? Set.of() : Set.of(branchId));
        }
    }

    /**
     * New details of a lecture, as a merge patch (RFC 7396): an absent member stays unchanged.
     *
     * @param cleared the members that the patch removes: {@code null} in the document
     */
    @Schema(name = "BookingPatch")
    @JsonDeserialize(builder = AmendBuilder.class)
    record Amend(
            @Schema(description = "Of the host; `null` removes it", examples = "80", nullable = true)
            @Min(0)
            @Max(100_000)
            @Nullable
            Integer expectedHeadCount,

            @Schema(description = "For the organizers, shown to no branch; `null` removes it", nullable = true)
            @MaxLength(2000)
            @Nullable
            String note,

            @Schema(description = "The branches are notified") @Nullable
            UUID topicId,

            @Schema(description = "The branches are notified; its buffers apply", examples = "panel")
            @MaxLength(50)
            @Nullable
            String format,

            @Schema(description = "Shown to the branches with a new topic or format: no contact data, please")
            @MaxLength(500)
            @Nullable
            String reason,

            @Schema(description = ReasonCode.DESCRIPTION, examples = "organizational") @ReasonCode @Nullable
            String reasonCode,

            @Schema(description = "Overrides the overridable rules; without it they apply") @Valid @Nullable
            RuleOverride override,

            @Schema(hidden = true) Set<String> cleared)
            implements Change {

        @Override
        public List<Violation> violations() {
            List<Violation> violations = new ArrayList<>();
            for (String member : List.of("topicId", "format")) {
                if (cleared.contains(member)) {
                    violations.add(new Violation("/" + member, "change.cannot-be-removed"));
                }
            }
            if (format != null && format.isBlank()) {
                violations.add(new Violation("/format", "change.cannot-be-removed"));
            }
            return violations;
        }

        @Override
        public Reason why() {
            return new Reason(reason, reasonCode);
        }

        @Nullable
        Integer expectedHeadCountAfter(@Nullable Integer before) {
            return expectedHeadCount != null
                    ? expectedHeadCount
                    : cleared.contains("expectedHeadCount") ? null : before;
        }

        @Nullable
        String noteAfter(@Nullable String before) {
            return note != null ? note : cleared.contains("note") ? null : before;
        }
    }

    /** A branch that joins a booked lecture. */
    @Schema(name = "JoinRequest")
    record Join(
            @NotNull UUID branchId,

            @Schema(description = "The number of people it sends; counts against the venue's capacity", examples = "20")
            @Min(0)
            @Max(100_000)
            @Nullable
            Integer expectedHeadCount,

            @Schema(description = "Overrides the limit of the venue's capacity") @Valid @Nullable
            RuleOverride override)
            implements Change {

        @Override
        public Locks parties() {
            return Locks.none().and(null, null, Set.of(branchId));
        }
    }

    /** A guest leaves the lecture. */
    record Leave(UUID branchId, Reason why) implements Change {}

    /** Another branch joins the lecture in place of a guest, with the same head count. */
    record Succeed(UUID guest, UUID successor, Reason why) implements Change {

        @Override
        public Locks parties() {
            return Locks.none().and(null, null, Set.of(guest, successor));
        }
    }

    /** A hold becomes a confirmed lecture; only now are the branches notified. */
    @JsonAutoDetect // no member, but part of the request that a repeat must match
    record Confirm() implements Change {}

    /** Reserves the slot only, until the given time. */
    @Schema(name = "HoldRequest")
    record HoldUntil(
            @Schema(
                    description = "RFC 3339 with offset. The default is a setting; a hold never lasts beyond the "
                            + "start of the lecture",
                    examples = "2026-11-25T18:00:00+08:00")
            @Nullable
            OffsetDateTime expiresAt)
            implements Change {}

    /** The reason for releasing a hold. */
    @Schema(name = "ReleaseRequest")
    record Release(
            @Schema(description = "Optional, because branches are not notified of holds", examples = "另选了时间")
            @MaxLength(500)
            @Nullable
            String reason,

            @Schema(description = ReasonCode.DESCRIPTION, examples = "organizational") @ReasonCode @Nullable
            String reasonCode)
            implements Change {

        @Override
        public Reason why() {
            return new Reason(reason, reasonCode);
        }
    }

    /** The hold has expired by the database's clock; the service issues this command itself. */
    record Expire() implements Change {}

    /** The reason for cancelling a lecture. A hold is released instead, because its branches were never notified. */
    @Schema(name = "CancelRequest")
    record Cancel(
            @Schema(description = "Shown to the branch: no contact data, please", examples = "台风预警")
            @NotBlank
            @MaxLength(500)
            String reason,

            @Schema(description = ReasonCode.DESCRIPTION, examples = "weather") @ReasonCode @Nullable
            String reasonCode)
            implements Change {

        /** @param why must have a text */
        public static Cancel of(Reason why) {
            return new Cancel(Objects.requireNonNull(why.text()), why.code());
        }

        @Override
        public Reason why() {
            return new Reason(reason, reasonCode);
        }
    }

    /** The lecture was held, with the head count. */
    @Schema(name = "CompleteRequest")
    record Complete(
            @Schema(description = "The number of people present; no data about individuals is stored", examples = "76")
            @NotNull
            @Min(0)
            @Max(100_000)
            Integer headCount,

            @Schema(examples = "现场提问踊跃") @MaxLength(2000) @Nullable
            String note,

            @Schema(
                    description = "A link to the evidence, such as photographs or a signed list; http or https",
                    examples = "https://files.example.org/lectures/17")
            @MaxLength(500)
            @Pattern(regexp = "https?://\\S+", message = "{org.lectern.Link.message}")
            @Nullable
            String link)
            implements Change {}

    /** The host's record that the lecture was held. */
    @Schema(name = "ReportRequest")
    record Report(
            @Schema(
                    description = "The number of people present, guests included; no data about individuals is stored",
                    examples = "76")
            @NotNull
            @Min(0)
            @Max(100_000)
            Integer headCount,

            @Schema(description = "For the organizers; name no attendee", examples = "现场提问踊跃")
            @MaxLength(2000)
            @Nullable
            String note,

            @Schema(
                    description = "A link to the evidence, such as photographs; https",
                    examples = "https://files.example.org/lectures/17")
            @MaxLength(500)
            @Pattern(regexp = "https://[^\\s/?#@]+([/?#]\\S*)?", message = "{org.lectern.SecureLink.message}")
            @Nullable
            String link)
            implements Change {}

    /** Replaces the record of a lecture that was held. */
    @Schema(name = "CorrectRequest")
    record Correct(
            @Schema(description = "The number of people present; no data about individuals is stored", examples = "67")
            @NotNull
            @Min(0)
            @Max(100_000)
            Integer headCount,

            @Schema(examples = "现场提问踊跃") @MaxLength(2000) @Nullable
            String note,

            @Schema(
                    description = "A link to the evidence; http or https",
                    examples = "https://files.example.org/lectures/17")
            @MaxLength(500)
            @Pattern(regexp = "https?://\\S+", message = "{org.lectern.Link.message}")
            @Nullable
            String link,

            @Schema(description = "Why it was wrong", examples = "签到表重复统计") @NotBlank @MaxLength(500)
            String reason)
            implements Change {

        @Override
        public Reason why() {
            return Reason.of(reason);
        }
    }
}
