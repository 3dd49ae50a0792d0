package org.lectern.scheduler.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The history of a request, oldest first. */
@Schema(name = "LectureRequestVersions")
record RequestVersions(List<Version> items) {

    /** One version of a request. */
    @Schema(name = "LectureRequestVersion")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Version(
            int version,
            Change change,
            Instant at,

            @Schema(description = "Who made the change: the subject of the access token, `system`, or `offer-link`")
            String actor,

            @Nullable String reason,
            RequestView state) {}
}
