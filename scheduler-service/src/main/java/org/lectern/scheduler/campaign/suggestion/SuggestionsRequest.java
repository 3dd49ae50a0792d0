package org.lectern.scheduler.campaign.suggestion;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;

/** Suggestions to book: all that were shown, or some of them. */
@Schema(name = "CampaignSuggestionsRequest")
record SuggestionsRequest(@NotEmpty @Size(max = 50) List<@NotNull @Valid Choice> items) {

    /** One suggestion, as it was shown. */
    @Schema(name = "CampaignSuggestionChoice")
    record Choice(
            @NotNull UUID branchId,
            @NotNull UUID topicId,
            @NotNull UUID lecturerId,
            @Nullable UUID venueId,

            @Schema(description = "The link, for a format with a join link", examples = "https://live.example.org/r/17")
            @MaxLength(500)
            @Nullable
            String joinLink,

            @Schema(examples = "lecture") @NotBlank @MaxLength(50)
            String format,

            @Schema(examples = "2026-12-01T14:00:00+08:00") @NotNull
            OffsetDateTime start,

            @Schema(examples = "2026-12-01T15:30:00+08:00") @Nullable
            OffsetDateTime end) {}
}
