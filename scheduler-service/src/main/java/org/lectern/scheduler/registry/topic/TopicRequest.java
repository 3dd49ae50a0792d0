package org.lectern.scheduler.registry.topic;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.Code;
import org.lectern.scheduler.validation.MaxLength;
import org.lectern.scheduler.validation.SingleLine;

/** A topic as sent by an organizer. */
@Schema(name = "TopicRequest")
record TopicRequest(
        @Schema(examples = "T-03") @NotNull @Code String code,

        @Schema(examples = "乡村振兴政策解读") @NotBlank @SingleLine @MaxLength(200)
        String title,

        @Schema(examples = "中央一号文件要点与本地案例") @MaxLength(4000) @Nullable
        String description,

        @Schema(description = "The usual duration of a lecture", examples = "90") @NotNull @Min(5) @Max(720)
        Integer durationMinutes,

        @Schema(examples = "https://files.example.org/t-03.pdf")
        @MaxLength(500)
        @Pattern(regexp = "https?://\\S+", message = "{org.lectern.Link.message}")
        @Nullable
        String materialUrl,

        @Schema(description = "In a change: false restores what is archived; by default it stays as it is") @Nullable
        Boolean archived) {}
