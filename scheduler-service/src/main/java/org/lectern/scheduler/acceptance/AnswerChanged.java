package org.lectern.scheduler.acceptance;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.LecturerAnswer;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.event.DomainEvent;
import org.lectern.scheduler.event.EventCatalog;

/**
 * What a lecturer is asked about a booking, or answered. Its versions are its own: the booking keeps its version. The
 * text of the reason may be personal and stays in this service.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AnswerChanged(
        UUID answerId,
        int version,
        UUID bookingId,
        int bookingVersion,
        AnswerState state,
        AnswerPolicy policy,
        Instant dueAt,
        LecturerAnswer.@Nullable By by,
        @Nullable String reasonCode,
        LecturerRef lecturer,
        TopicRef topic,
        BranchRef branch,
        Instant start,
        Instant end,
        String zone,
        @JsonIgnore Instant at)
        implements DomainEvent {

    @Override
    public EventCatalog type() {
        return EventCatalog.LECTURER_ANSWER_CHANGED;
    }

    @Override
    public UUID subject() {
        return answerId;
    }

    @Override
    public int sequence() {
        return version;
    }

    @Override
    public Instant occurredAt() {
        return at;
    }

    @Override
    public Optional<Instant> neededUntil() {
        return Optional.of(end);
    }
}
