package org.lectern.scheduler.registry.branch;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.registry.Place;

/** A branch as returned by the API. */
@Schema(name = "Branch")
@JsonInclude(JsonInclude.Include.NON_NULL)
record BranchView(
        UUID id,
        @Schema(examples = "1") int version,
        @Schema(examples = "QS-V-014") String code,
        @Schema(examples = "青石村") String name,
        @Schema(examples = "village") String kind,
        @Nullable UUID parentId,
        @Schema(examples = "Asia/Shanghai") String zone,
        @Schema(examples = "zh-CN") String locale,
        @Schema(examples = "1200") @Nullable Integer headCount,
        boolean parallel,
        @Nullable Place place,
        boolean archived) {}
