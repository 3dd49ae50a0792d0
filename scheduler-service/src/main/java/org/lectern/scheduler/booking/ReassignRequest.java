package org.lectern.scheduler.booking;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;

/** Another lecturer, venue or join link for a lecture; what is left out stays as it is. */
@Schema(name = "ReassignRequest")
public record ReassignRequest(
        @Nullable UUID lecturerId,
        @Nullable UUID venueId,

        @Schema(examples = "https://live.example.org/r/17") @MaxLength(500) @Nullable
        String joinLink,

        @Schema(description = "Told to the branch: no contact data, please", examples = "讲师临时有任务")
        @NotBlank
        @MaxLength(500)
        String reason,

        @Schema(description = "Lifts the rules that can be lifted; without it they are kept") @Valid @Nullable
        RuleOverride override) {}
