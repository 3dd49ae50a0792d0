package org.lectern.scheduler.registry.topic;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.consequence.ConsequencesView;
import org.lectern.scheduler.consequence.OutdatedBookings;

/** A topic as returned by the API. */
@Schema(name = "Topic")
@JsonInclude(JsonInclude.Include.NON_NULL)
record TopicView(
        UUID id,
        @Schema(examples = "1") int version,
        @Schema(examples = "T-03") String code,
        @Schema(examples = "乡村振兴政策解读") String title,
        @Nullable String description,
        @Schema(examples = "90") int durationMinutes,
        @Nullable String materialUrl,
        boolean archived,
        @Nullable OutdatedBookings outdatedBookings,

        @Schema(description = "Only in the answer to a change: the upcoming bookings that no longer fit") @Nullable
        ConsequencesView consequences) {

    /** The same with what a change means for bookings. */
    TopicView with(ConsequencesView found, @Nullable OutdatedBookings outdated) {
        return new TopicView(
                id, version, code, title, description, durationMinutes, materialUrl, archived, outdated, found);
    }
}
