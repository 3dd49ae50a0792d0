package org.lectern.scheduler.request;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;

/** A branch's new lecture request. */
@Schema(name = "NewLectureRequest")
record NewRequest(
        @NotNull UUID topicId,

        @Schema(description = "The requesting branch, which would host the lecture") @NotNull
        UUID branchId,

        @Schema(description = "The suitable periods; the lecture is within one of them")
        @NotNull
        @Size(min = 1, max = 50)
        List<@NotNull @Valid Window> windows,

        @Schema(description = "The format; absent: the organizers decide", examples = "lecture")
        @MaxLength(50)
        @Nullable
        String format,

        @Schema(examples = "80") @Min(0) @Max(100_000) @Nullable
        Integer expectedHeadCount,

        @Schema(description = "For the organizers; events do not carry it", examples = "希望结合本村茶产业来讲")
        @MaxLength(2000)
        @Nullable
        String note) {}
