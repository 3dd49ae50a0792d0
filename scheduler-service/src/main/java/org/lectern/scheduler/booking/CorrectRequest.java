package org.lectern.scheduler.booking;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;

/** What is to be recorded of a lecture that was held instead of what is recorded now; it is replaced whole. */
@Schema(name = "CorrectRequest")
public record CorrectRequest(
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
        String reason) {}
