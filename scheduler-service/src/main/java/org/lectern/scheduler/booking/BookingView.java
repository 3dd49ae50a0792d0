package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Parties.BranchRef;
import org.lectern.scheduler.booking.Parties.LecturerRef;
import org.lectern.scheduler.booking.Parties.TopicRef;
import org.lectern.scheduler.booking.Parties.VenueRef;

/** A booking as its readers see it; times in the booking's zone. */
@Schema(name = "Booking")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BookingView(
        UUID id,

        @Schema(description = "Rises by one with every change; the ETag", examples = "1")
        int version,

        BookingStatus status,
        LecturerRef lecturer,
        TopicRef topic,
        BranchRef branch,
        @Nullable VenueRef venue,
        @Nullable String joinLink,
        @Schema(examples = "lecture") String format,
        @Schema(examples = "2026-12-01T14:00:00+08:00") OffsetDateTime start,
        @Schema(examples = "2026-12-01T16:00:00+08:00") OffsetDateTime end,
        @Schema(examples = "Asia/Shanghai") String zone,
        @Nullable Integer expectedHeadCount,
        @Nullable String note,

        @Schema(description = "Why it was last rescheduled, reassigned or cancelled") @Nullable
        String reason,

        @Nullable Completion completion,
        Instant createdAt,
        Instant updatedAt) {

    /** That the lecture was held. */
    @Schema(name = "Completion")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Completion(int headCount, @Nullable String note) {}

    static BookingView of(Booking booking, Parties parties) {
        Integer heads = booking.headCount();
        return new BookingView(
                booking.id(),
                booking.version(),
                booking.status(),
                parties.lecturer(),
                parties.topic(),
                parties.branch(),
                parties.venue(),
                booking.joinLink(),
                booking.format(),
                booking.slot().localStart(),
                booking.slot().localEnd(),
                booking.slot().zone().getId(),
                booking.expectedHeadCount(),
                booking.note(),
                booking.reason(),
                heads == null ? null : new Completion(heads, booking.completionNote()),
                booking.createdAt(),
                booking.updatedAt());
    }

    /** As its branch sees it: without the organizers' notes. */
    BookingView withoutNotes() {
        return new BookingView(
                id,
                version,
                status,
                lecturer,
                topic,
                branch,
                venue,
                joinLink,
                format,
                start,
                end,
                zone,
                expectedHeadCount,
                null,
                reason,
                completion == null ? null : new Completion(completion.headCount(), null),
                createdAt,
                updatedAt);
    }
}
