package org.lectern.scheduler.outbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A replay or its preview. */
@Schema(name = "Replay")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReplayView(
        @Schema(description = "Absent in a dry run") @Nullable
        UUID id,

        @Nullable Instant at,

        @Schema(description = "The requester: the subject of the access token") @Nullable
        String actor,

        @Nullable String reason,

        @Schema(description = "The requested events", implementation = ReplayRequest.class) @JsonRawValue @Nullable
        String selection,

        @Schema(description = "The number of events that are sent again", examples = "1240")
        int events,

        @Schema(description = "The number of bookings, branches and requests", examples = "817")
        int aggregates) {

    /** Replays, the latest first. */
    @Schema(name = "Replays")
    record Listed(List<ReplayView> items) {}
}
