package org.lectern.scheduler.request;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.booking.Participants.VenueRef;
import org.lectern.scheduler.event.DomainEvent;
import org.lectern.scheduler.event.EventCatalog;

/** A new version of a lecture request: the change and the public state after it, without the note. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RequestEvent(
        UUID requestId,
        int version,
        Change change,
        RequestStatus status,
        TopicRef topic,
        BranchRef branch,
        String zone,
        @Nullable Integer expectedHeadCount,
        @Nullable Offered offer,
        @Nullable UUID bookingId,
        @Nullable String reason,
        @Nullable String reasonCode,
        @JsonIgnore Instant at)
        implements DomainEvent {

    /** The slot that is or was held. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Offered(
            UUID bookingId,
            LecturerRef lecturer,
            @Nullable VenueRef venue,
            @Nullable String joinLink,
            String format,
            Instant start,
            Instant end,
            Instant expiresAt) {}

    @Override
    public EventCatalog type() {
        return EventCatalog.REQUEST_CHANGED;
    }

    @Override
    public UUID subject() {
        return requestId;
    }

    @Override
    public int sequence() {
        return version;
    }

    @Override
    public Instant occurredAt() {
        return at;
    }
}
