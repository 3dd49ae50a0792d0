package org.lectern.scheduler.registry.branch;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.registry.Place;
import org.lectern.scheduler.validation.Code;
import org.lectern.scheduler.validation.MaxLength;
import org.lectern.scheduler.validation.SingleLine;

/** A branch as sent by an organizer. Its recipients are known only to the notification service. */
@Schema(name = "BranchRequest")
record BranchRequest(
        @Schema(examples = "QS-V-014") @NotNull @Code String code,

        @Schema(examples = "青石村") @NotBlank @SingleLine @MaxLength(200)
        String name,

        @Schema(
                description =
                        "city, county, township, village, community, enterprise, college, agency, hall or grid, unless configured otherwise",
                examples = "village")
        @NotBlank
        @MaxLength(50)
        String kind,

        @Schema(description = "The branch above it; absent at the root") @Nullable
        UUID parentId,

        @Schema(description = "IANA time zone; Asia/Shanghai unless configured otherwise", examples = "Asia/Shanghai")
        @MaxLength(60)
        @Nullable
        String zone,

        @Schema(
                description = "The language of its alerts; zh-CN unless configured otherwise",
                enumeration = {"en", "zh-CN"},
                examples = "zh-CN")
        @Nullable
        String locale,

        @Schema(examples = "1200") @Min(0) @Max(100_000_000) @Nullable
        Integer headCount,

        @Schema(description = "Whether it can hold several lectures at once; false by default") @Nullable
        Boolean parallel,

        @Valid @Nullable Place place,

        @Schema(description = "In a change: false restores what is archived; by default it stays as it is") @Nullable
        Boolean archived) {}
