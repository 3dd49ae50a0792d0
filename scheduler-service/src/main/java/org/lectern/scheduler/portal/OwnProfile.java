package org.lectern.scheduler.portal;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The lecturer that the caller is, without contact data. */
@Schema(name = "OwnProfile")
record OwnProfile(
        UUID id,
        @Schema(examples = "L-007") String code,
        @Schema(examples = "林晓岚") String name,
        @Schema(examples = "municipal") String tier,
        @Schema(examples = "Asia/Shanghai") String zone,
        @Schema(examples = "zh-CN") String locale) {}
