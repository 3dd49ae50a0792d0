package org.lectern.scheduler.booking;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;

/** That a lecture was held, and before how many. */
@Schema(name = "CompleteRequest")
public record CompleteRequest(
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
        String link) {}
