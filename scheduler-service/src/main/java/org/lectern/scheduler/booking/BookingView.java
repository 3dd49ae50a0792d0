package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Derived;
import org.lectern.scheduler.booking.Buffers.Occupancy;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.GuestRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.booking.Participants.VenueRef;

/** A booking as returned by the API; times in the booking's zone. */
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

        @Schema(description = "The guests; absent when there are none")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Nullable
        List<GuestRef> guests,

        @Nullable String joinLink,

        @Schema(description = "The end of the hold; absent for a booking that was not held") @Nullable
        Hold hold,

        @Schema(examples = "lecture") String format,
        @Schema(examples = "2026-12-01T14:00:00+08:00") OffsetDateTime start,
        @Schema(examples = "2026-12-01T16:00:00+08:00") OffsetDateTime end,
        @Schema(examples = "Asia/Shanghai") String zone,

        @Schema(
                description = "The time that is occupied: the lecture and its buffers",
                examples = "2026-12-01T13:30:00+08:00")
        @Nullable
        OffsetDateTime occupiedFrom,

        @Schema(examples = "2026-12-01T16:15:00+08:00") @Nullable
        OffsetDateTime occupiedUntil,

        @Nullable Integer expectedHeadCount,
        @Nullable String note,

        @Schema(description = "Why it was last changed or cancelled") @Nullable
        String reason,

        @Schema(description = "The code of that reason, if one was chosen", examples = "weather") @Nullable
        String reasonCode,

        @Nullable Completion completion,

        @Schema(description = "The series it is an occurrence of") @Nullable
        UUID seriesId,

        @Schema(
                description = "Whether the occurrence was changed individually, so that changes of the series "
                        + "skip it; absent without a series")
        @Nullable
        Boolean seriesDetached,

        @Schema(description = "The campaign it is for") @Nullable
        UUID campaignId,

        @Schema(
                description =
                        "Whether the lecturer accepts; absent if no answer is needed, and in the answer to a change")
        @Nullable
        LecturerAnswer lecturerAnswer,

        Instant createdAt,
        Instant updatedAt,

        @Schema(description = "Warnings for the organizer; only in the response to the booking") @Nullable
        List<Warning> warnings)
        implements Derived {

    public BookingView {
        guests = guests == null ? List.of() : List.copyOf(guests);
    }

    @Override
    public List<GuestRef> guests() {
        return guests == null ? List.of() : guests;
    }

    /** The host and the guests. */
    Set<UUID> branchIds() {
        return Stream.concat(Stream.of(branch.id()), guests().stream().map(GuestRef::id))
                .collect(Collectors.toSet());
    }

    /** The slot is only reserved. */
    @Schema(name = "Hold")
    public record Hold(
            @Schema(examples = "2026-11-25T18:00:00+08:00") OffsetDateTime expiresAt) {

        static @Nullable Hold until(@Nullable Instant expiry, ZoneId zone) {
            return expiry == null ? null : new Hold(expiry.atZone(zone).toOffsetDateTime());
        }
    }

    /** The lecture was held. */
    @Schema(name = "Completion")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Completion(
            int headCount,
            @Nullable String note,

            @Schema(description = "A link to the evidence") @Nullable
            String link,

            @Schema(description = "Who entered it; absent for older records") @Nullable
            Recorder recordedBy) {

        /** Only what every participant may know. */
        Completion counted() {
            return new Completion(headCount, null, null, recordedBy);
        }
    }

    /** Who entered the record of a lecture. */
    @Schema(name = "Recorder")
    public enum Recorder {
        /** The host, which may replace it. */
        BRANCH,
        /** An organizer; only organizers replace it. */
        ORGANIZER
    }

    static BookingView of(Booking booking, Participants parties) {
        Integer heads = booking.headCount();
        ZoneId zone = booking.slot().zone();
        return new BookingView(
                booking.id(),
                booking.version(),
                booking.status(),
                parties.lecturer(),
                parties.topic(),
                parties.branch(),
                parties.venue(),
                parties.guests(),
                booking.joinLink(),
                Hold.until(booking.holdExpiresAt(), zone),
                booking.format(),
                booking.slot().localStart(),
                booking.slot().localEnd(),
                zone.getId(),
                booking.occupancy().from().atZone(zone).toOffsetDateTime(),
                booking.occupancy().until().atZone(zone).toOffsetDateTime(),
                booking.expectedHeadCount(),
                booking.note(),
                booking.reason(),
                booking.reasonCode(),
                heads == null
                        ? null
                        : new Completion(
                                heads, booking.completionNote(), booking.completionLink(), booking.recordedBy()),
                booking.seriesId(),
                booking.seriesId() == null ? null : booking.isDetached(),
                booking.campaignId(),
                null,
                booking.createdAt(),
                booking.updatedAt(),
                null);
    }

    TimeSlot slot() {
        return new TimeSlot(start.toInstant(), end.toInstant(), ZoneId.of(zone));
    }

    /** The occupied time. Versions from before buffers existed occupy the lecture time only. */
    Occupancy occupancy() {
        return new Occupancy(
                (occupiedFrom == null ? start : occupiedFrom).toInstant(),
                (occupiedUntil == null ? end : occupiedUntil).toInstant());
    }

    /** Whether branches are notified of the booking; holds are internal to organizers. */
    boolean wasAnnounced() {
        return status.isAnnounced();
    }

    /**
     * As its branches see it: without the organizers' notes. The host also sees the note and the link of its own record.
     *
     * @param readers the branches of the caller
     */
    BookingView forBranches(Set<UUID> readers) {
        return withoutNotes(readers.contains(branch.id()));
    }

    private BookingView withoutNotes(boolean ownRecord) {
        return new BookingView(
                id,
                version,
                status,
                lecturer,
                topic,
                branch,
                venue,
                guests,
                joinLink,
                hold,
                format,
                start,
                end,
                zone,
                occupiedFrom,
                occupiedUntil,
                expectedHeadCount,
                null,
                reason,
                reasonCode,
                completion == null || ownRecord && completion.recordedBy() == Recorder.BRANCH
                        ? completion
                        : completion.counted(),
                seriesId,
                seriesDetached,
                campaignId,
                lecturerAnswer == null ? null : lecturerAnswer.withoutReason(),
                createdAt,
                updatedAt,
                null);
    }

    /** The same view, with warnings for the organizer. */
    public BookingView warned(List<Warning> known) {
        return new BookingView(
                id,
                version,
                status,
                lecturer,
                topic,
                branch,
                venue,
                guests,
                joinLink,
                hold,
                format,
                start,
                end,
                zone,
                occupiedFrom,
                occupiedUntil,
                expectedHeadCount,
                note,
                reason,
                reasonCode,
                completion,
                seriesId,
                seriesDetached,
                campaignId,
                lecturerAnswer,
                createdAt,
                updatedAt,
                known.isEmpty() ? null : List.copyOf(known));
    }

    /** As its lecturer sees it: without the organizers' notes, with the reason of the lecturer's own answer. */
    public BookingView forLecturer() {
        BookingView shown = withoutNotes(false);
        return new BookingView(
                id,
                version,
                status,
                lecturer,
                topic,
                branch,
                venue,
                guests,
                joinLink,
                hold,
                format,
                start,
                end,
                zone,
                occupiedFrom,
                occupiedUntil,
                expectedHeadCount,
                null,
                reason,
                reasonCode,
                shown.completion(),
                seriesId,
                seriesDetached,
                campaignId,
                lecturerAnswer,
                createdAt,
                updatedAt,
                null);
    }
}
