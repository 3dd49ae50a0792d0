package org.lectern.scheduler.booking.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.booking.Participants.VenueRef;

/** A lecture that a branch may join as a guest. */
@Schema(name = "OpenLecture")
@JsonInclude(JsonInclude.Include.NON_NULL)
record OpenLecture(
        UUID id,

        @Schema(description = "Send it in `If-Match` to join", examples = "1")
        int version,

        TopicRef topic,

        @Schema(description = "The name of the lecturer", examples = "林晓岚")
        String lecturer,

        @Schema(description = "The host") BranchRef branch,
        @Nullable VenueRef venue,
        @Schema(examples = "lecture") String format,
        @Schema(examples = "2026-12-02T09:00:00+08:00") OffsetDateTime start,
        OffsetDateTime end,
        @Schema(examples = "Asia/Shanghai") String zone,

        @Schema(
                description =
                        "Free seats by the expected head counts; absent if the capacity is unknown. The expected head "
                                + "count of the guest must fit",
                examples = "40")
        @Nullable
        Integer seats,

        @Schema(description = "Estimated journey from the branch, in minutes; absent if unknown", examples = "25")
        @Nullable
        Integer travelMinutes) {}
