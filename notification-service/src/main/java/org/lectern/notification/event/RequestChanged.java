package org.lectern.notification.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.event.BookingEvent.Host;
import org.lectern.notification.event.BookingEvent.Lecturer;
import org.lectern.notification.event.BookingEvent.Topic;
import org.lectern.notification.event.BookingEvent.Venue;

/** One version of a lecture request, with its last change. */
public record RequestChanged(
        UUID requestId,
        int version,
        Change change,
        String status,
        Topic topic,
        Host branch,
        ZoneId zone,
        @Nullable Offer offer,
        @Nullable String reason)
        implements AnnouncedEvent {

    /** The last change. */
    public enum Change {
        @JsonProperty("requested")
        REQUESTED,
        @JsonProperty("offered")
        OFFERED,
        @JsonProperty("offer-declined")
        OFFER_DECLINED,
        @JsonProperty("offer-withdrawn")
        OFFER_WITHDRAWN,
        @JsonProperty("offer-expired")
        OFFER_EXPIRED,
        @JsonProperty("accepted")
        ACCEPTED,
        @JsonProperty("refused")
        REFUSED,
        @JsonProperty("withdrawn")
        WITHDRAWN,
        @JsonProperty("reopened")
        REOPENED,
        @JsonProperty("lapsed")
        LAPSED,
        /** It belongs to another branch now. */
        @JsonProperty("moved")
        MOVED
    }

    /** The slot held for the branch until the offer expires. */
    public record Offer(
            Lecturer lecturer,
            @Nullable Venue venue,
            @Nullable String joinLink,
            Instant start,
            Instant end,
            Instant expiresAt) {
        public Offer {
            lecturer = Complete.lecturer(lecturer);
            Complete.ordered(start, end);
            Complete.present(expiresAt, "expiresAt");
        }
    }

    public RequestChanged {
        Complete.versioned(requestId, version);
        Complete.present(change, "change");
        Complete.host(branch);
        status = status == null ? change.name() : status;
        topic = Complete.topic(topic);
        zone = Complete.zone(zone);
        if (change == Change.OFFERED) {
            Complete.present(offer, "offer");
        }
    }

    @Override
    public UUID subject() {
        return requestId;
    }
}
