package org.lectern.scheduler.booking.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.booking.Participants.VenueRef;

/** A series in a list, as its next lecture is, or its last one if none is ahead. */
@Schema(
        name = "SeriesSummary",
        description =
                "A series in a list. Lecturer, topic, branch and venue are those of the next lecture, or of the last "
                        + "one if none is ahead")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SeriesSummary(
        UUID id,

        @Schema(description = "As in the series itself", examples = "11")
        int version,

        LecturerRef lecturer,
        TopicRef topic,
        BranchRef branch,

        @Schema(description = "Absent for a lecture with a join link") @Nullable
        VenueRef venue,

        @Schema(examples = "lecture") String format,

        @Schema(description = "The next lecture that stands; absent if none is ahead") @Nullable
        NextLecture next,

        @Schema(description = "Lectures ahead that stand", examples = "7")
        int upcoming,

        @Schema(description = "All occurrences, including cancelled and completed ones", examples = "10")
        int occurrences,

        @Schema(description = "When the first occurrence begins")
        OffsetDateTime firstStart,

        @Schema(description = "When the last occurrence begins")
        OffsetDateTime lastStart,

        Instant createdAt) {

    /** The next lecture of a series. */
    @Schema(name = "NextLecture")
    record NextLecture(
            UUID bookingId,
            OffsetDateTime start,
            OffsetDateTime end,
            @Schema(examples = "Asia/Shanghai") String zone) {}
}
