package org.lectern.scheduler.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Derived;
import org.lectern.scheduler.booking.Participants.TopicRef;

/** A campaign as returned by the API. */
@Schema(name = "Campaign")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CampaignView(
        UUID id,

        @Schema(description = "Rises by one with every change; the ETag", examples = "1")
        int version,

        @Schema(examples = "2026-Q4") String code,
        @Schema(examples = "冬季基层宣讲") String name,
        @Nullable String description,
        CampaignStatus status,
        List<TopicRef> topics,
        CampaignRequest.Targets targets,
        @Schema(examples = "2026-11-01") LocalDate from,
        @Schema(examples = "2026-12-31") LocalDate until,
        @Schema(examples = "Asia/Shanghai") String zone,

        @Schema(description = "The number for each topic", examples = "1")
        int lecturesPerBranch,

        @Schema(examples = "7") int minIntervalDays,

        @Schema(description = "Empty means any") List<String> formats,

        @Schema(description = "Empty means any") List<String> tiers,

        @Schema(description = "Absent: as the tier of the lecturer or the service says")
        CampaignRequest.@Nullable Answers lecturerAnswer,

        @Schema(description = "Whether branches may join its lectures as guests themselves")
        boolean openToGuests,

        @Schema(
                description = "The number of branches that it must reach, at the last refresh; excluded "
                        + "branches do not count")
        int targetCount,

        @Schema(description = "The number of excluded branches")
        int excludedCount,

        @Schema(description = "The time of the last refresh of the targets")
        Instant targetsRefreshedAt,

        Instant createdAt,
        Instant updatedAt)
        implements Derived {}
