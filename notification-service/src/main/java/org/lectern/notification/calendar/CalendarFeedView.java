package org.lectern.notification.calendar;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A calendar feed with its secret address. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CalendarFeed", description = "A secret address to subscribe to a calendar")
record CalendarFeedView(
        @Schema(examples = "019a1b73-0c44-7d21-9a5e-7b1f3c2e4d04")
        UUID id,

        @Schema(examples = "Office wall") @Nullable String label,

        @Schema(description = "The creator: the subject of the token", examples = "branch-user-12")
        String createdBy,

        Instant createdAt,

        @Schema(description = "The time of the last read by a calendar, to the hour; absent before the first") @Nullable
        Instant readAt,

        @Schema(description = "Only in the response to its creation: the token in the address") @Nullable
        String token,

        @Schema(
                description = "Only in the response to its creation: the address, at this service",
                examples = "/feeds/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE.ics")
        @Nullable
        String path) {

    /** Omits the token to keep it out of logs. */
    @Override
    public String toString() {
        return "calendar feed " + id;
    }
}
