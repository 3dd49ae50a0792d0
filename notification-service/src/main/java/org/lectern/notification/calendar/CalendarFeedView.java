package org.lectern.notification.calendar;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A calendar feed with its secret address. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CalendarFeed", description = "A secret address under which a calendar is subscribed to")
record CalendarFeedView(
        @Schema(examples = "019a1b73-0c44-7d21-9a5e-7b1f3c2e4d04")
        UUID id,

        @Schema(examples = "Office wall") @Nullable String label,

        @Schema(description = "The subject of the token of who made it", examples = "branch-user-12")
        String createdBy,

        Instant createdAt,

        @Schema(description = "When a calendar last looked, to the hour; absent when none has") @Nullable
        Instant readAt,

        @Schema(description = "Only when it is made: what the address holds") @Nullable
        String token,

        @Schema(
                description = "Only when it is made: the address, at this service",
                examples = "/feeds/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE.ics")
        @Nullable
        String path) {

    /** Omits the token to keep it out of logs. */
    @Override
    public String toString() {
        return "calendar feed " + id;
    }
}
