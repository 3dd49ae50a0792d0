package org.lectern.scheduler.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.acceptance.AnswerPolicy;
import org.lectern.scheduler.validation.Code;
import org.lectern.scheduler.validation.MaxLength;
import org.lectern.scheduler.validation.SingleLine;

/** A campaign as sent by an organizer. */
@Schema(name = "CampaignRequest")
record CampaignRequest(
        @Schema(examples = "2026-Q4") @NotNull @Code String code,

        @Schema(examples = "冬季基层宣讲") @NotBlank @SingleLine @MaxLength(200)
        String name,

        @MaxLength(4000) @Nullable String description,

        @Schema(description = "Each of them must reach each branch") @NotEmpty @Size(max = 100)
        List<@NotNull UUID> topicIds,

        @NotNull @Valid Targets targets,

        @Schema(description = "Its first day", examples = "2026-11-01") @NotNull
        LocalDate from,

        @Schema(description = "Its last day", examples = "2026-12-31") @NotNull
        LocalDate until,

        @Schema(description = "The time zone of its days; by default Asia/Shanghai", examples = "Asia/Shanghai")
        @MaxLength(60)
        @Nullable
        String zone,

        @Schema(description = "How many lectures each branch must have on each topic; 1 by default", examples = "1")
        @Min(1)
        @Max(50)
        @Nullable
        Integer lecturesPerBranch,

        @Schema(
                description = "The minimum number of days between two lectures of the campaign at one branch; 0 "
                        + "by default",
                examples = "7")
        @Min(0)
        @Max(366)
        @Nullable
        Integer minIntervalDays,

        @Schema(description = "Allowed formats; any by default") @Size(max = 50) @Nullable
        List<@NotBlank @MaxLength(50) String> formats,

        @Schema(description = "Allowed tiers of lecturers; any by default") @Size(max = 50) @Nullable
        List<@NotBlank @MaxLength(50) String> tiers,

        @Schema(
                description =
                        "Whether lecturers must accept its lectures; by default as their tier or the service says")
        @Valid
        @Nullable
        Answers lecturerAnswer,

        @Schema(
                description = "Whether branches may join its lectures as guests themselves, where seats are left; "
                        + "`false` by default")
        @Nullable
        Boolean openToGuests) {

    /** Whether lecturers must accept lectures of the campaign. */
    @Schema(name = "CampaignLecturerAnswer")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answers(
            @NotNull AnswerPolicy policy,

            @Schema(
                    description = "How long after the booking or its change a lecturer has time; by default as the "
                            + "service says",
                    examples = "48")
            @Min(1)
            @Max(8784)
            @Nullable
            Integer withinHours) {}

    /** The branches to reach: those in one of the subtrees and of one of the kinds, and those named. */
    @Schema(name = "CampaignTargets")
    record Targets(
            @Schema(description = "The roots of subtrees; they are included") @Size(max = 1000) @Nullable
            List<@NotNull UUID> subtreeOf,

            @Schema(description = "Kinds of branches; with `subtreeOf` only in these subtrees")
            @Size(max = 50)
            @Nullable
            List<@NotBlank @MaxLength(50) String> kinds,

            @Schema(description = "Further branches") @Size(max = 10_000) @Nullable
            List<@NotNull UUID> branchIds,

            @Schema(description = "Excluded branches, with reasons") @Size(max = 5000) @Nullable
            List<@NotNull @Valid Exclusion> exclusions,

            @Schema(description = "Branches with priority") @Size(max = 10_000) @Nullable
            List<@NotNull UUID> priorityBranchIds) {}

    /** A branch that is exempt. */
    @Schema(name = "CampaignExclusion")
    record Exclusion(
            @NotNull UUID branchId,

            @Schema(examples = "整村搬迁") @NotBlank @MaxLength(500)
            String reason) {}
}
